import type { CAUSES } from '../../src/lib/domain/events/vocabulary.ts';
import type { SimEvent } from '../kernel/event.ts';
import { type Categorical, categorical } from '../random/discrete.ts';
import { withinHours } from './bank-time.ts';
import type { CaseFile } from './case-file.ts';
import { span, type World } from './world.ts';

type Cause = (typeof CAUSES)[number];

/** Decides after a case whether the customer complains, and follows the ticket to its end. */
export function complaints(world: World): (file: CaseFile) => void {
	const { complaints: profile } = world.profile;
	const causes: Categorical<Cause> = categorical<Cause>(profile.causes as Record<Cause, number>);
	return (file) => {
		const stream = file.stream('complaint');
		if (stream.next() >= (file.late ? profile.late : profile.share) * file.branch.slowness) return;
		const cause = file.late ? 'timeliness' : causes.draw(stream);
		world.env.process(ticket(file, cause), `complaint on ${file.caseId}`);
	};

	function* ticket(file: CaseFile, cause: Cause): Generator<SimEvent, void, unknown> {
		const { env } = world;
		const { caseId, branch } = file;
		const stream = file.stream('complaint ticket');
		const complaintId = `K-${caseId}`;
		yield env.timeout(withinHours(env.now + span(stream, profile.assign), 8, 22) - env.now);
		world.emit('complaint.filed', { complaintId, caseId, branchId: branch.id, cause }, branch.source);
		yield env.timeout(span(stream, profile.assign, branch.slowness));
		const owner = `care-${stream.int(1, 12)}`;
		world.emit('complaint.assigned', { complaintId, owner, by: 'care-lead' }, branch.source);
		yield env.timeout(span(stream, profile.answer, branch.slowness));
		world.emit('complaint.answered', { complaintId, by: owner }, branch.source);
		yield env.timeout(span(stream, profile.close));
		world.emit('complaint.closed', { complaintId, satisfied: stream.next() < 0.82 }, branch.source);
	}
}
