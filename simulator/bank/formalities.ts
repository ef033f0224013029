import type { SimEvent } from '../kernel/event.ts';
import type { CaseFile } from './case-file.ts';
import { span, type World } from './world.ts';

/** Where a report from afar is only an oral one, whether this customer must come to the branch and sign. */
export function mustConfirm({ profile }: World, file: CaseFile): boolean {
	const { confirmInBranch: share } = profile.formalities;
	return share > 0 && file.channel !== 'counter' && file.stream('must confirm').next() < share;
}

function* signs(): Generator<SimEvent, void, unknown> {
	// What it takes is part of every visit.
}

/** The customer signs in the branch before anything goes on. */
export function* confirmInBranch(world: World, file: CaseFile): Generator<SimEvent, void, unknown> {
	const { profile, windows } = world;
	const { branch, caseId, customer, time } = file;
	const { comes, afterOpening } = profile.formalities;
	const stream = file.stream('confirmation');
	// Who walks out of a full hall comes again another day.
	for (let served = false; !served;) {
		const wished = time.now + span(stream, comes);
		const opens = windows.nextOpen(branch, wished);
		yield* time.until(opens === wished ? wished : opens + span(stream, afterOpening));
		yield* time.meet();
		const visit = { branch, caseId, service: 'card_confirm', segment: customer.segment, stream };
		served = yield* windows.visit(visit, signs);
	}
}
