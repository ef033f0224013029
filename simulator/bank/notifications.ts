import type { SimEvent } from '../kernel/event.ts';
import type { CaseFile } from './case-file.ts';
import { span, type World } from './world.ts';

/** Tells the customer time and again how far things are. Answers how to end it. */
export function keepTelling(world: World, file: CaseFile): () => void {
	const stream = file.stream('status tickets');
	let going = true;
	world.env.process(tell(), `status tickets of ${file.caseId}`);
	return () => void (going = false);

	function* tell(): Generator<SimEvent, void, unknown> {
		for (;;) {
			yield world.env.timeout(span(stream, world.profile.notifications.ticket));
			if (!going) return;
			world.emit(
				'notification.sent',
				{ caseId: file.caseId, medium: 'app', template: 'status_ticket' },
				file.branch.source
			);
		}
	}
}

/** Sends a message on its own, with the given chance that the customer wants it. Answers the end of it, to wait for or not. */
export function notify(world: World, file: CaseFile, template: string, share: number): SimEvent {
	const stream = file.stream(`notify ${template}`);
	return world.env.process(send(), `${file.caseId} ${template}`) as SimEvent;

	function* send(): Generator<SimEvent, void, unknown> {
		if (stream.next() >= share) return;
		const { notifications } = world.profile;
		const { caseId, branch } = file;
		const tookMs = span(stream, notifications.sms);
		yield world.env.timeout(tookMs);
		if (stream.next() < notifications.failure) {
			world.emit('notification.failed', { caseId, medium: 'sms', template, reason: 'gateway_timeout' }, branch.source);
			yield world.env.timeout(span(stream, notifications.retry));
			world.emit('notification.sent', { caseId, medium: 'app', template }, branch.source);
			return;
		}
		world.emit('notification.sent', { caseId, medium: 'sms', template, tookMs }, branch.source);
	}
}
