import type { OUTCOMES } from '../../src/lib/domain/events/vocabulary.ts';
import { lognormal } from '../random/continuous.ts';
import type { SimEvent } from '../kernel/event.ts';
import type { CaseFile } from './case-file.ts';
import { span, type World } from './world.ts';

/** Scores the case and acts on the outcome. Answers whether it may go on. */
export function* assessRisk(world: World, file: CaseFile): Generator<SimEvent, boolean, unknown> {
	const { risk } = world.profile;
	const { caseId, branch } = file;
	const stream = file.stream('risk');
	const reasons = reasonsFor(world, file);
	const base = lognormal(stream, risk.score.mean, risk.score.cv) + (file.customer.fraudster ? 0.45 : 0);
	const score = Math.round(Math.min(0.999, base + reasons.length * 0.13) * 1e3) / 1e3;
	const decisionMs = span(stream, risk.decision, world.faults.factor('core', branch));
	yield world.env.timeout(decisionMs);
	const outcome = outcomeOf(score, risk.thresholds);
	world.emit('case.risk_assessed', {
		caseId,
		score,
		outcome,
		decisionMs,
		reasons,
		threshold: risk.thresholds.pass,
		modelVersion: 'r7'
	});
	if (outcome === 'pass') return true;
	if (outcome === 'second_check') {
		yield world.env.timeout(span(stream, risk.secondCheck));
		return true;
	}
	if (outcome === 'block') return false;
	yield world.env.timeout(span(stream, risk.review));
	const confirmed = file.customer.fraudster || stream.next() < 0.04;
	world.emit(
		'case.risk_reviewed',
		{ caseId, outcome: confirmed ? 'confirmed_fraud' : 'cleared', by: `risk-${stream.int(1, 9)}`, reviewers: 2 },
		branch.source
	);
	return !confirmed;
}

function reasonsFor(world: World, file: CaseFile): string[] {
	const { customer } = file;
	const reasons: string[] = [];
	if (customer.awayFromHome) reasons.push('away_from_home');
	if (customer.segment === 'new') reasons.push('new_customer');
	const before = world.deviceReports.get(customer.deviceId);
	if (customer.sharedDevice) world.deviceReports.set(customer.deviceId, world.env.now);
	if (before !== undefined && world.env.now - before < world.profile.risk.sharedDeviceWindow)
		reasons.push('repeated_device', 'velocity');
	return reasons;
}

function outcomeOf(
	score: number,
	thresholds: { pass: number; secondCheck: number; manualReview: number }
): (typeof OUTCOMES)[number] {
	if (score < thresholds.pass) return 'pass';
	if (score < thresholds.secondCheck) return 'second_check';
	return score < thresholds.manualReview ? 'manual_review' : 'block';
}
