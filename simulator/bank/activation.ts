import type { SimEvent } from '../kernel/event.ts';
import type { CaseFile } from './case-file.ts';
import { reached, send } from './notifications.ts';
import { span, type World } from './world.ts';

/** The customer switches the card on; answers false where that never happens. */
export function* activate(
	world: World,
	file: CaseFile,
	made: 'instant' | 'centre'
): Generator<SimEvent, boolean, unknown> {
	const { activation, notifications } = world.profile;
	const remind = (): void => send(world, file, 'activate_reminder', file.time.now + notifications.remind.activate);
	const stream = file.stream('activation');
	if (stream.next() < activation.never) {
		if (activation.givenUpAfter > notifications.remind.activate) remind();
		yield* file.time.pass(activation.givenUpAfter);
		return false;
	}
	const atCounter = made === 'instant';
	const wait = span(stream, atCounter ? activation.atCounter : activation.wait);
	if (wait > notifications.remind.activate) remind();
	yield* file.time.pass(wait);
	const channel = atCounter ? 'counter' : stream.next() < activation.mobile ? 'mobile' : 'atm';
	world.emit('case.card_activated', { caseId: file.caseId, channel }, file.branch.source, file.time.now);
	reached(world, file, 'card_activated');
	return true;
}
