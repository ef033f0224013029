import type { SimEvent } from '../kernel/event.ts';
import { lognormal } from '../random/continuous.ts';
import { HOUR } from '../../src/lib/domain/time.ts';
import { activate } from './activation.ts';
import type { CaseFile } from './case-file.ts';
import { reportThrough } from './channels.ts';
import { deliver } from './delivery.ts';
import { confirmInBranch } from './formalities.ts';
import { freeze } from './freeze.ts';
import { identify } from './identity.ts';
import { materials } from './materials.ts';
import { keepTelling, notify } from './notifications.ts';
import { produce } from './production.ts';
import { rebind } from './rebinding.ts';
import { assessRisk } from './risk.ts';
import { survey } from './surveys.ts';
import type { Stream } from '../random/stream.ts';
import { span, type World } from './world.ts';

export interface CaseFollowUps {
	complain: (file: CaseFile) => void;
	/** A second report of the same loss through another channel. */
	repeat: (file: CaseFile) => void;
}

/** A lost card from the report to the new one in use: the order of the stages, and where a case may leave it. */
export function* caseLife(world: World, file: CaseFile, follow: CaseFollowUps): Generator<SimEvent, void, unknown> {
	const { env } = world;
	const { caseId, branch } = file;
	const luck = file.stream('course');
	const frozen = env.event('freeze') as SimEvent;
	let stopTelling = (): void => undefined;
	const reported = (): void => void (stopTelling = keepTelling(world, file));
	const authorised = yield* decided(world, file, frozen, luck, { ...follow, reported });
	stopTelling();
	if (!authorised) return;

	const made = yield* produce(world, file);
	yield* deliver(world, file, made);
	const inUse = yield* activate(world, file, made);
	if (inUse) yield* rebind(world, file);
	yield frozen;
	yield env.timeout(span(luck, { mean: 4_000, cv: 0.5 }));
	world.emit('case.closed', { caseId, outcome: inUse ? 'completed' : 'expired' }, branch.source);
	follow.complain(file);
	yield* survey(world, file);
}

/** From the report to the decision. Answers whether a new card is to be made; if not, the case has been closed. */
function* decided(
	world: World,
	file: CaseFile,
	frozen: SimEvent,
	luck: Stream,
	follow: CaseFollowUps & { reported: () => void }
): Generator<SimEvent, boolean, unknown> {
	const { env, profile } = world;
	const { caseId, branch } = file;
	let identified = false;
	yield* reportThrough(world, file, function* () {
		freeze(world, file, () => frozen.succeed());
		notify(world, file, 'report_received', 1);
		follow.reported();
		identified = yield* identify(world, file);
	});
	if (luck.next() < profile.customers.duplicateReport) follow.repeat(file);
	const foundAt = luck.next() < profile.customers.found ? env.now + findingTime(file) : Infinity;

	if (!identified) {
		yield frozen;
		world.emit('case.closed', { caseId, outcome: 'expired' }, branch.source);
		return false;
	}
	yield* confirmInBranch(world, file);
	yield* materials(world, file);
	if (!(yield* assessRisk(world, file))) {
		yield frozen;
		world.emit('case.rejected', { caseId, stage: 'risk', reason: 'fraud_suspected', by: 'risk-lead' }, branch.source);
		return false;
	}
	if (yield* released(world, file, foundAt, frozen)) return false;
	// Nobody decides on a new card before the old one is frozen.
	yield frozen;
	if (!(yield* world.approvals.decide(file))) return false;
	return !(yield* released(world, file, foundAt, frozen));
}

function findingTime(file: CaseFile): number {
	return Math.round(lognormal(file.stream('found'), 0.7 * HOUR, 1.2));
}

/** The card turned up before a new one was made: the report is taken back, by one person and confirmed by another. */
function* released(
	world: World,
	file: CaseFile,
	foundAt: number,
	frozen: SimEvent
): Generator<SimEvent, boolean, unknown> {
	if (foundAt > world.env.now) return false;
	yield frozen;
	const stream = file.stream('release');
	const { caseId, branch } = file;
	const by = `T-${branch.id}-W1`;
	world.emit('case.release_requested', { caseId, by, reason: 'card found' }, branch.source);
	yield world.env.timeout(span(stream, { mean: 120_000, cv: 0.5 }));
	const approvedBy = `S-${branch.id}-${stream.int(1, 2)}`;
	world.emit('case.released', { caseId, by, approvedBy, reason: 'card found' }, branch.source);
	return true;
}

/** The second report of a loss that is already being worked on: paused as a duplicate, looked at, cancelled. */
export function* duplicateLife(world: World, file: CaseFile, of: CaseFile): Generator<SimEvent, void, unknown> {
	const { env } = world;
	const { caseId, branch } = file;
	const stream = file.stream('duplicate');
	const frozen = env.event('freeze') as SimEvent;
	yield env.timeout(span(stream, { mean: 720_000, cv: 0.8 }));
	yield* reportThrough(world, file, function* () {
		// The freeze is repeated: nobody knows yet that it is the same loss.
		freeze(world, file, () => frozen.succeed());
		notify(world, file, 'report_received', 1);
		yield env.timeout(span(stream, { mean: 20_000, cv: 0.4 }));
		world.emit('case.paused', { caseId, reason: 'duplicate_report', duplicateOf: of.caseId }, branch.source);
	});
	yield env.timeout(span(stream, { mean: 1_500_000, cv: 0.6 }));
	yield frozen;
	world.emit('case.cancelled', { caseId, reason: 'duplicate', by: `T-${branch.id}-W1` }, branch.source);
}
