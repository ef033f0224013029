import type { SimEvent } from '../kernel/event.ts';
import type { CaseFile } from './case-file.ts';
import { span, type World } from './world.ts';

/** Papers: mostly a confirmation of pre-filled data, else uploads that are read, checked and sometimes sent back. */
export function* materials(world: World, file: CaseFile): Generator<SimEvent, void, unknown> {
	const { materials: profile } = world.profile;
	const { caseId, branch } = file;
	const stream = file.stream('materials');
	const originals = stream.next() < profile.originals;
	if (stream.next() < profile.prefilled && !originals) {
		yield world.env.timeout(span(stream, profile.confirm));
		world.emit('case.materials_accepted', { caseId, prefilled: true, signed: true }, branch.source);
		return;
	}
	const documents = originals ? ['id_card', 'account_opening_image'] : ['id_card', 'application_form'];
	world.emit('case.materials_requested', { caseId, documents, originals }, branch.source);
	if (originals) yield world.env.timeout(span(stream, profile.originalsPull));
	for (;;) {
		yield world.env.timeout(file.channel === 'counter' ? span(stream, profile.confirm) : span(stream, profile.upload));
		const ocrAccuracy = Math.round((0.97 + 0.03 * stream.next()) * 1e4) / 1e4;
		world.emit('case.materials_submitted', { caseId, documents, ocrAccuracy }, branch.source);
		yield world.env.timeout(span(stream, profile.check, branch.slowness));
		if (stream.next() >= profile.flagged) break;
		const problem = stream.next() < 0.6 ? 'blurred' : stream.next() < 0.7 ? 'mismatch' : 'expired';
		world.emit('case.materials_flagged', { caseId, document: documents[0] as string, problem }, branch.source);
	}
	world.emit('case.materials_accepted', { caseId, prefilled: false, signed: true }, branch.source);
}
