import type { SimEvent } from '../kernel/event.ts';
import type { CaseFile } from './case-file.ts';
import { span, type World } from './world.ts';

/** Where a report from afar is only an oral one: the customer must come to the branch and sign before anything goes on. */
export function* confirmInBranch(world: World, file: CaseFile): Generator<SimEvent, void, unknown> {
	const { env, profile, windows } = world;
	const { branch, caseId, customer, channel } = file;
	const { confirmInBranch: share, comes } = profile.formalities;
	if (share === 0 || channel === 'counter') return;
	const stream = file.stream('confirmation');
	if (stream.next() >= share) return;
	// Who walks out of a full hall comes again another day.
	for (let served = false; !served;) {
		yield env.timeout(windows.nextOpen(branch, env.now + span(stream, comes)) - env.now);
		const visit = { branch, caseId, service: 'card_confirm', segment: customer.segment, stream };
		served = yield* windows.visit(visit, function* () {});
	}
}
