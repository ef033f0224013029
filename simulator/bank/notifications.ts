import type { MEDIA } from '../../src/lib/domain/events/vocabulary.ts';
import type { CaseFile } from './case-file.ts';
import { span, type World } from './world.ts';

/** Tells the customer time and again how far things are. Answers how to end it. */
export function keepTelling(world: World, file: CaseFile): () => void {
	const { env, profile } = world;
	const stream = file.stream('status tickets');
	let going = true;
	const wait = (): void => env.call(span(stream, profile.notifications.ticket), tell);
	const tell = (): void => {
		if (!going) return;
		const ticket = { caseId: file.caseId, medium: 'app', template: 'status_ticket' } as const;
		if (stopped(world, file, 'app', `status ticket ${env.now}`))
			world.emit('notification.failed', { ...ticket, reason: 'gateway_down' }, file.branch.source);
		else world.emit('notification.sent', ticket, file.branch.source);
		wait();
	};
	wait();
	return () => void (going = false);
}

/** Sends a message on its own, with the given chance that the customer wants it. */
export function notify(world: World, file: CaseFile, template: string, share: number): void {
	const stream = file.stream(`notify ${template}`);
	if (stream.next() >= share) return;
	const { env, profile } = world;
	const { notifications } = profile;
	const { caseId, branch } = file;
	const tookMs = span(stream, notifications.sms);
	env.call(tookMs, () => {
		const timedOut = stream.next() < notifications.failure;
		const down = stopped(world, file, 'sms', template);
		if (!timedOut && !down)
			return world.emit('notification.sent', { caseId, medium: 'sms', template, tookMs }, branch.source);
		const reason = down ? 'gateway_down' : 'gateway_timeout';
		world.emit('notification.failed', { caseId, medium: 'sms', template, reason }, branch.source);
		env.call(span(stream, notifications.retry), () => {
			// Nobody is left untold: where the app is down as well, somebody calls.
			const medium = stopped(world, file, 'app', template) ? 'phone' : 'app';
			world.emit('notification.sent', { caseId, medium, template }, branch.source);
		});
	});
}

/** Whether the gateway of a medium keeps back this message. */
function stopped(world: World, file: CaseFile, medium: (typeof MEDIA)[number], message: string): boolean {
	const share = world.faults.share('gateway', medium);
	return share > 0 && file.stream(`gateway ${medium} ${message}`).next() < share;
}
