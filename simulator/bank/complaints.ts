import type { CAUSES } from '../../src/lib/domain/events/vocabulary.ts';
import type { SimEvent } from '../kernel/event.ts';
import { type Categorical, categorical } from '../random/discrete.ts';
import { withinHours } from './bank-time.ts';
import type { CaseFile } from './case-file.ts';
import { OwnTime } from './own-time.ts';
import { personOf } from './person.ts';
import { span, type World } from './world.ts';

type Cause = (typeof CAUSES)[number];

const WORDS: Record<Cause, string> = {
	timeliness: '补卡进度太慢',
	fees: '对补卡收费有异议',
	complexity: '手续太复杂',
	stale_information: '查询到的信息没有更新',
	other: '有其他意见'
};

/** Decides after a case whether the customer complains, and follows the ticket to its end. */
export function complaints(world: World): (file: CaseFile) => void {
	const { complaints: profile } = world.profile;
	const { hours, callBackHours: called } = profile;
	const causes: Categorical<Cause> = categorical<Cause>(profile.causes as Record<Cause, number>);
	/** Open tickets by owner: the next one goes to who has fewest. */
	const owners = new Map(
		Array.from({ length: profile.owners }, (_, index) => [`care-${world.region}${index + 1}`, 0] as [string, number])
	);
	return (file) => {
		const stream = file.stream('complaint');
		if (stream.next() >= (file.late ? profile.late : profile.share) * file.branch.slowness) return;
		const cause = file.late ? 'timeliness' : causes.draw(stream);
		world.env.process(ticket(file, cause, new OwnTime(world, file.time.now)), `complaint on ${file.caseId}`);
	};

	function* ticket(file: CaseFile, cause: Cause, time: OwnTime): Generator<SimEvent, void, unknown> {
		const { emit } = world;
		const { caseId, branch } = file;
		const stream = file.stream('complaint ticket');
		const complaintId = `K-${caseId}`;
		yield* time.until(withinHours(time.now + span(stream, profile.assign), hours.from, hours.to));
		const filed = { complaintId, caseId, branchId: branch.id, cause, text: words(file, cause, time.now) };
		emit('complaint.filed', filed, branch.source, time.now);
		yield* time.pass(span(stream, profile.assign, branch.slowness));
		yield* time.meet();
		const owner = leastBusy();
		owners.set(owner, (owners.get(owner) ?? 0) + 1);
		emit('complaint.assigned', { complaintId, owner, by: 'care-lead' }, branch.source);
		// Whoever asks how far things are is answered first.
		const answer = cause === 'timeliness' ? profile.answerProgress : profile.answer;
		yield* time.pass(span(stream, answer, branch.slowness));
		emit('complaint.answered', { complaintId, by: owner }, branch.source, time.now);
		yield* time.until(withinHours(time.now + span(stream, profile.callBack), called.from, called.to));
		const satisfied = stream.next() < profile.satisfied;
		emit('complaint.called_back', { complaintId, by: owner, satisfied }, branch.source, time.now);
		yield* time.pass(span(stream, profile.close));
		yield* time.meet();
		owners.set(owner, (owners.get(owner) ?? 1) - 1);
		emit('complaint.closed', { complaintId, satisfied }, branch.source);
	}

	function leastBusy(): string {
		let best = '';
		let fewest = Infinity;
		for (const [owner, open] of owners)
			if (open < fewest) {
				best = owner;
				fewest = open;
			}
		return best;
	}

	function words({ customer }: CaseFile, cause: Cause, at: number): string {
		const person = personOf(customer.ref, customer.age, new Date(at).getUTCFullYear());
		return `${person.maskedName}（${person.maskedPhone}）：${WORDS[cause]}`;
	}
}
