import type { SimEvent } from '../kernel/event.ts';
import { categorical } from '../random/discrete.ts';
import type { Stream } from '../random/stream.ts';
import type { CaseFile } from './case-file.ts';
import { documentsFor } from './documents.ts';
import type { Profile } from './profile.ts';
import { span, type World } from './world.ts';

type Problem = keyof Profile['materials']['problems'];

/** Large balances and those who lost a card not long ago: the originals are pulled, and the branch manager decides. */
export function needsOriginals({ materials }: Profile, { customer }: CaseFile): boolean {
	return customer.account.balance > materials.originalsFrom || customer.account.historyOfLoss;
}

/** Papers: mostly a confirmation of pre-filled data, else uploads that are read, checked and sometimes sent back. */
export function* materials(world: World, file: CaseFile): Generator<SimEvent, void, unknown> {
	const { materials: profile } = world.profile;
	const { caseId, branch, customer, time } = file;
	const stream = file.stream('materials');
	const originals = needsOriginals(world.profile, file);
	const filled = stream.next() < profile.prefilled && customer.account.unfit === null;
	if (filled && !originals) {
		yield* time.pass(span(stream, profile.confirm));
		world.emit('case.materials_accepted', { caseId, prefilled: true, signed: true }, branch.source, time.now);
		return;
	}
	const documents = documentsFor(world, file, originals, stream);
	const request = { caseId, documents, prefilled: filled, originals };
	world.emit('case.materials_requested', request, branch.source, time.now);
	if (originals) yield* time.pass(span(stream, profile.originalsPull));
	const pages = file.channel === 'counter' ? profile.confirm : profile.upload;
	for (;;) {
		yield* time.pass(span(stream, pages));
		// Uniform around the mean, so that the mean is the profile's.
		const ocrAccuracy = Math.round((1 - (1 - profile.ocrAccuracy) * 2 * stream.next()) * 1e4) / 1e4;
		world.emit('case.materials_submitted', { caseId, documents, ocrAccuracy }, branch.source, time.now);
		yield* time.pass(span(stream, profile.check, branch.slowness));
		const problem = problemOf(world, file, stream);
		if (problem === null) break;
		const document = documents[stream.int(0, documents.length - 1)] as string;
		world.emit('case.materials_flagged', { caseId, document, problem }, branch.source, time.now);
		if (problem === 'forged') {
			file.forged = true;
			break;
		}
	}
	const by = originals ? `M-${branch.id}` : undefined;
	const accepted = { caseId, by, prefilled: filled, signed: true };
	world.emit('case.materials_accepted', accepted, branch.source, time.now);
}

function problemOf({ profile }: World, { customer }: CaseFile, stream: Stream): Problem | null {
	const { flagged, problems, forgedSeen } = profile.materials;
	const luck = stream.next();
	if (customer.fraudster) return luck < forgedSeen ? 'forged' : null;
	return luck < flagged ? categorical<Problem>(problems).draw(stream) : null;
}
