import type { SimEvent } from '../kernel/event.ts';
import { DAY } from '../../src/lib/domain/time.ts';
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
		yield world.env.timeout(15 * DAY);
		return false;
	}
	const atCounter = made === 'instant';
	yield world.env.timeout(atCounter ? span(stream, { mean: 60_000, cv: 0.4 }) : span(stream, activation.wait));
	const channel = atCounter ? 'counter' : stream.next() < 0.85 ? 'mobile' : 'atm';
	world.emit('case.card_activated', { caseId: file.caseId, channel }, file.branch.source);
	return true;
}
