import type { SimEvent } from '../kernel/event.ts';
import type { CaseFile } from './case-file.ts';
import { span, type World } from './world.ts';

/** The customer switches the card on; answers false where that never happens. */
export function* activate(
	world: World,
	file: CaseFile,
	made: 'instant' | 'centre'
): Generator<SimEvent, boolean, unknown> {
	const { activation } = world.profile;
	const stream = file.stream('activation');
	if (stream.next() < activation.never) {
		yield* file.time.pass(activation.givenUpAfter);
		return false;
	}
	const atCounter = made === 'instant';
	yield* file.time.pass(span(stream, atCounter ? activation.atCounter : activation.wait));
	const channel = atCounter ? 'counter' : stream.next() < activation.mobile ? 'mobile' : 'atm';
	world.emit('case.card_activated', { caseId: file.caseId, channel }, file.branch.source, file.time.now);
	return true;
}
