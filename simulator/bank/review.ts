import type { SimEvent } from '../kernel/event.ts';
import type { Stream } from '../random/stream.ts';
import type { CaseFile } from './case-file.ts';
import { reportSuspicion } from './compliance.ts';
import { span, type World } from './world.ts';

/**
 * Calls the customer back under the number that the bank has known for long; answers whether who took the call could prove to be the
 * customer. `purpose` names the call: each has chances of its own.
 */
export function* calledBack(
	world: World,
	file: CaseFile,
	tookMs: number,
	purpose: string
): Generator<SimEvent, boolean, unknown> {
	const { honest, fraudsters } = world.profile.risk.callBack;
	const { caseId, branch, customer, time } = file;
	yield* time.pass(tookMs);
	const passed = file.stream(purpose).next() < (customer.fraudster ? fraudsters : honest);
	const called = { caseId, method: 'callback', result: passed ? 'passed' : 'failed', tookMs } as const;
	world.emit('case.verification_attempted', called, branch.source, time.now);
	return passed;
}

/** What reviewers have before them. */
interface Evidence {
	readonly score: number;
	/** Whether the customer took the call; null where nobody has called yet. */
	readonly call: boolean | null;
}

/** Two people look into it, three where the risk is high, who also see the customer. Answers whether it may go on. */
export function* review(
	world: World,
	file: CaseFile,
	{ score, call }: Evidence,
	stream: Stream
): Generator<SimEvent, boolean, unknown> {
	const { risk, identity } = world.profile;
	const { caseId, branch, time } = file;
	const high = score >= risk.interviewFrom;
	const by = `risk-${world.region}${stream.int(1, risk.reviewers)}`;
	world.emit('case.assigned', { caseId, owner: by, by: 'risk-lead' }, branch.source, time.now);
	const calls = span(stream, identity.times.callback ?? identity.attempt);
	const answered = call ?? (yield* calledBack(world, file, calls, 'call of the reviewers'));
	yield* time.pass(span(stream, risk.review));
	if (high) yield* time.meet();
	const talked = high && (yield* world.video.talk(caseId, 'interview', stream)) !== null;
	const fraud = takenForFraud(world, file, Number(high) + Number(file.forged) + Number(!answered));
	world.rules.known(score, fraud);
	world.emit(
		'case.risk_reviewed',
		{
			caseId,
			outcome: fraud ? 'confirmed_fraud' : 'cleared',
			by,
			reviewers: high ? 3 : 2,
			...(talked ? { video: true } : {})
		},
		branch.source,
		time.now
	);
	if (fraud) reportSuspicion(world, file, 'confirmed_fraud');
	return !fraud;
}

/** What reviewers make of a case in which so many signs speak against the customer: they see fraud, and wrong the honest, by chance. */
function takenForFraud({ profile }: World, file: CaseFile, signs: number): boolean {
	const { sensitivity, specificity } = profile.risk.reviews;
	const luck = file.stream('judgement').next();
	return file.customer.fraudster ? luck < (sensitivity[signs] as number) : luck >= (specificity[signs] as number);
}
