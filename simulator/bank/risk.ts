import type { OUTCOMES } from '../../src/lib/domain/events/vocabulary.ts';
import { lognormal } from '../random/continuous.ts';
import type { SimEvent } from '../kernel/event.ts';
import type { Stream } from '../random/stream.ts';
import type { CaseFile } from './case-file.ts';
import { reportSuspicion } from './compliance.ts';
import { span, type World } from './world.ts';

/** Scores the case and acts on the outcome. Answers whether it may go on. */
export function* assessRisk(world: World, file: CaseFile): Generator<SimEvent, boolean, unknown> {
	const { risk } = world.profile;
	const { caseId, customer, time } = file;
	const stream = file.stream('risk');
	// What a shared device did before depends on everybody who uses it.
	if (customer.sharedDevice) yield* time.meet();
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
	if (reasons.includes('velocity') && outcome !== 'block') yield* pausedUntilVerified(world, file, stream);
	if (outcome === 'pass') return true;
	if (outcome === 'block') {
		world.rules.known(score, customer.fraudster);
		reportSuspicion(world, file, reasons.includes('blacklist') ? 'blacklist' : 'blocked');
		return false;
	}
	if (outcome === 'second_check') {
		yield* time.pass(span(stream, risk.secondCheck));
		if (!customer.fraudster || stream.next() < risk.challengeMissed) return true;
	}
	return yield* review(world, file, score, stream);
}

/** Several reports from one device in a short time: the case stands still until the customer has been called back. */
function* pausedUntilVerified(world: World, file: CaseFile, stream: Stream): Generator<SimEvent, void, unknown> {
	const { identity } = world.profile;
	const { caseId, branch, time } = file;
	world.emit('case.paused', { caseId, reason: 'repeated_device' }, branch.source, time.now);
	const tookMs = span(stream, identity.times.callback ?? identity.attempt);
	yield* time.pass(tookMs);
	const called = { caseId, method: 'callback', result: 'passed', tookMs } as const;
	world.emit('case.verification_attempted', called, branch.source, time.now);
	world.emit('case.resumed', { caseId, reason: 'verified' }, branch.source, time.now);
}

/** Two people look into it, three where the risk is high, who also see the customer. Answers whether it may go on. */
function* review(world: World, file: CaseFile, score: number, stream: Stream): Generator<SimEvent, boolean, unknown> {
	const { risk } = world.profile;
	const { caseId, branch, customer, time } = file;
	const high = score >= risk.interviewFrom;
	const wronged = stream.next() < risk.wronged;
	const by = `risk-${world.region}${stream.int(1, risk.reviewers)}`;
	world.emit('case.assigned', { caseId, owner: by, by: 'risk-lead' }, branch.source, time.now);
	yield* time.pass(span(stream, risk.review));
	if (high) yield* time.meet();
	const talked = high && (yield* world.video.talk(caseId, 'interview', stream)) !== null;
	const fraud = customer.fraudster || wronged;
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
	const { days, deviceReports, profile } = world;
	const { now } = file.time;
	const reasons: string[] = [];
	if (customer.blacklisted) reasons.push('blacklist');
	if (customer.awayFromHome) {
		reasons.push('away_from_home');
		if (days.at(now).holiday !== null) reasons.push('holiday');
	}
	if (customer.segment === 'new') reasons.push('new_customer');
	if (customer.contactChanged) reasons.push('contact_changed');
	if (customer.account.lostBefore) reasons.push('repeated_account');
	if (file.forged) reasons.push('forged_document');
	if (customer.sharedDevice) {
		const before = deviceReports.get(customer.deviceId);
		deviceReports.set(customer.deviceId, now);
		if (before !== undefined && now - before < profile.risk.sharedDeviceWindow)
			reasons.push('repeated_device', 'velocity');
	}
	return reasons;
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
