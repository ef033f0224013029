import type { MEDIA } from '../../src/lib/domain/events/vocabulary.ts';
import type { CaseFile } from './case-file.ts';
import { at } from './own-time.ts';
import { span, type World } from './world.ts';

/** Tells the customer time and again how far things are, from the case's present on until it is decided. */
export function keepTelling(world: World, file: CaseFile): void {
	const { env, profile } = world;
	const stream = file.stream('status tickets');
	const next = (from: number): void => {
		const moment = from + span(stream, profile.notifications.ticket);
		// A case that runs ahead is often decided before its first ticket is due.
		if (moment >= file.decidedAt) return;
		if (file.decidedAt < Infinity) at(world, moment, tell);
		else env.call(moment - env.now, () => tell(moment));
	};
	const tell = (moment: number): void => {
		if (moment >= file.decidedAt) return;
		const ticket = { caseId: file.caseId, medium: 'app', template: 'status_ticket' } as const;
		if (stopped(world, file, 'app', `status ticket ${moment}`)) {
			const failed = { ...ticket, reason: 'gateway_down' };
			world.emit('notification.failed', failed, file.branch.source, moment);
		} else world.emit('notification.sent', ticket, file.branch.source, moment);
		next(moment);
	};
	const from = file.time.now;
	env.call(0, () => next(from));
}

/** Sends a message on its own, with the given chance that the customer wants it. */
export function notify(world: World, file: CaseFile, template: string, share: number): void {
	const stream = file.stream(`notify ${template}`);
	if (stream.next() >= share) return;
	const { notifications } = world.profile;
	const { caseId, branch, time } = file;
	const tookMs = span(stream, notifications.sms);
	at(world, time.now + tookMs, (sent) => {
		const timedOut = stream.next() < notifications.failure;
		const down = stopped(world, file, 'sms', template);
		if (!timedOut && !down)
			return world.emit('notification.sent', { caseId, medium: 'sms', template, tookMs }, branch.source, sent);
		const reason = down ? 'gateway_down' : 'gateway_timeout';
		world.emit('notification.failed', { caseId, medium: 'sms', template, reason }, branch.source, sent);
		at(world, sent + span(stream, notifications.retry), (again) => {
			// Nobody is left untold: where the app is down as well, somebody calls.
			const medium = stopped(world, file, 'app', template) ? 'phone' : 'app';
			world.emit('notification.sent', { caseId, medium, template }, branch.source, again);
		});
	});
}

/** Whether the gateway of a medium keeps back this message. */
function stopped(world: World, file: CaseFile, medium: (typeof MEDIA)[number], message: string): boolean {
	const share = world.faults.share('gateway', medium);
	return share > 0 && file.stream(`gateway ${medium} ${message}`).next() < share;
}
