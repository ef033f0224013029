import type { OUTCOMES } from '../../src/lib/domain/events/vocabulary.ts';
import { lognormal } from '../random/continuous.ts';
import type { SimEvent } from '../kernel/event.ts';
import type { Stream } from '../random/stream.ts';
import type { CaseFile } from './case-file.ts';
import { reportSuspicion } from './compliance.ts';
import { calledBack, review } from './review.ts';
import { span, type World } from './world.ts';

/** Scores the case and acts on the outcome. Answers whether it may go on. */
export function* assessRisk(world: World, file: CaseFile): Generator<SimEvent, boolean, unknown> {
	const { risk } = world.profile;
	const { caseId, customer, time } = file;
	const stream = file.stream('risk');
	// The second report of the same account runs on a clock of its own.
	if (file.repeat !== undefined) yield* time.meet();
	const reasons = reasonsFor(world, file);
	file.doubted = reasons.length > 0;
	const score = scoreOf(world, file, reasons, stream);
	const decisionMs = span(stream, risk.decision, world.faults.factor('core', file.branch));
	yield* time.pass(decisionMs);
	const threshold = world.rules.threshold(customer.awayFromHome, time.now);
	const outcome = reasons.includes('blacklist') ? 'block' : outcomeOf(score, threshold, risk.thresholds);
	const modelVersion = world.rules.version;
	const assessed = { caseId, score, outcome, decisionMs, reasons, threshold, modelVersion };
	world.emit('case.risk_assessed', assessed, undefined, time.now);
	if (outcome === 'block') {
		world.rules.known(score, true);
		reportSuspicion(world, file, reasons.includes('blacklist') ? 'blacklist' : 'blocked');
		return false;
	}
	if (reasons.includes('velocity')) return yield* pausedUntilVerified(world, file, { score, outcome }, stream);
	return outcome === 'pass' || (yield* followed(world, file, { score, outcome, call: null }, stream));
}

interface Assessed {
	readonly score: number;
	readonly outcome: Exclude<(typeof OUTCOMES)[number], 'block'>;
}

/** Several reports from one device in a short time: the case stands still until a call or the reviewers speak for the customer. */
function* pausedUntilVerified(
	world: World,
	file: CaseFile,
	assessed: Assessed,
	stream: Stream
): Generator<SimEvent, boolean, unknown> {
	const { identity } = world.profile;
	const { caseId, branch, time } = file;
	world.emit('case.paused', { caseId, reason: 'repeated_device' }, branch.source, time.now);
	const takes = span(stream, identity.times.callback ?? identity.attempt);
	const call = yield* calledBack(world, file, takes, 'call to the device owner');
	if (!call && !(yield* review(world, file, { score: assessed.score, call }, stream))) return false;
	world.emit('case.resumed', { caseId, reason: 'verified' }, branch.source, time.now);
	return !call || (yield* followed(world, file, { ...assessed, call }, stream));
}

/** Does what the score asks for. Who fails the second check is left to the reviewers. */
function* followed(
	world: World,
	file: CaseFile,
	{ score, outcome, call }: Assessed & { call: boolean | null },
	stream: Stream
): Generator<SimEvent, boolean, unknown> {
	if (outcome === 'pass') return true;
	if (outcome === 'manual_review') return yield* review(world, file, { score, call }, stream);
	const takes = span(stream, world.profile.risk.secondCheck);
	if (yield* calledBack(world, file, takes, 'second check')) return true;
	return yield* review(world, file, { score, call: false }, stream);
}

function scoreOf(world: World, file: CaseFile, reasons: readonly string[], stream: Stream): number {
	const { risk } = world.profile;
	const drawn = lognormal(stream, risk.score.mean, risk.score.cv);
	// The rules learn to explain what only looks odd about honest customers, and leave fraud where it is.
	const explained = stream.next() < world.rules.learned(file.time.now) && !file.customer.fraudster;
	const base = explained ? Math.min(drawn, risk.score.mean) : drawn;
	let score = base + (file.customer.fraudster ? risk.fraudShift : 0);
	for (const reason of reasons) score += risk.reasons[reason] ?? 0;
	return Math.round(Math.min(0.999, score) * 1e3) / 1e3;
}

/** What speaks against a report: where it comes from, what came before it, and what is known of the customer. */
function reasonsFor(world: World, file: CaseFile): string[] {
	const { customer } = file;
	const { days, profile } = world;
	const { now } = file.time;
	const reasons: string[] = [];
	if (customer.blacklisted) reasons.push('blacklist');
	if (customer.awayFromHome) {
		reasons.push('away_from_home');
		if (days.at(now).holiday !== null) reasons.push('holiday');
	}
	if (customer.segment === 'new') reasons.push('new_customer');
	if (customer.contactChanged) reasons.push('contact_changed');
	if (customer.account.historyOfLoss || repeatedBy(file, now)) reasons.push('repeated_account');
	if (file.forged) reasons.push('forged_document');
	if (file.sameDevice > 0) reasons.push('repeated_device');
	if (file.sameDevice > 0 && file.sameDevice + 1 >= profile.risk.velocityFrom) reasons.push('velocity');
	return reasons;
}

/** Whether another report of the same account has come in by now. */
function repeatedBy({ repeat }: CaseFile, now: number): boolean {
	return repeat !== undefined && repeat.reportedAt < now;
}

function outcomeOf(
	score: number,
	pass: number,
	thresholds: { secondCheck: number; manualReview: number }
): (typeof OUTCOMES)[number] {
	if (score < pass) return 'pass';
	if (score < thresholds.secondCheck) return 'second_check';
	return score < thresholds.manualReview ? 'manual_review' : 'block';
}
