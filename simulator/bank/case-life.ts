import type { SimEvent } from '../kernel/event.ts';
import { activate } from './activation.ts';
import type { CaseFile } from './case-file.ts';
import { reportThrough } from './channels.ts';
import { deliver } from './delivery.ts';
import { confirmInBranch, mustConfirm } from './formalities.ts';
import { freeze, unfreeze } from './freeze.ts';
import { identify } from './identity.ts';
import { materials } from './materials.ts';
import { confirmReport, keepTelling, reached } from './notifications.ts';
import { produce } from './production.ts';
import { rebind } from './rebinding.ts';
import { assessRisk } from './risk.ts';
import { survey } from './surveys.ts';
import { issueVirtualCard } from './virtual-card.ts';
import { wish } from './wishes.ts';
import { span, type World } from './world.ts';

export interface CaseFollowUps {
	complain: (file: CaseFile) => void;
	/** A second report of the same loss through another channel. */
	repeat: (file: CaseFile) => void;
	/** The centre has made the card. */
	made: (file: CaseFile, moment: number) => void;
}

/** A lost card from the report to the new one in use: the order of the stages, and where a case may leave it. */
export function* caseLife(world: World, file: CaseFile, follow: CaseFollowUps): Generator<SimEvent, void, unknown> {
	const authorised = yield* decided(world, file, follow);
	file.decidedAt = file.time.now;
	if (!authorised) return;
	issueVirtualCard(world, file, 'approval');
	reached(world, file, 'replacement_approved');

	const way = yield* produce(world, file);
	if (way === 'instant') yield* untilInUse(world, file, way, follow);
	// Most of its life a case waits for its card; meanwhile nothing of it is kept but its file.
	else world.centre.order(file, follow.made);
}

/** From the new card to its first use, and what follows. */
export function* untilInUse(
	world: World,
	file: CaseFile,
	made: 'instant' | 'centre',
	follow: Pick<CaseFollowUps, 'complain'>
): Generator<SimEvent, void, unknown> {
	const { caseId, branch, time } = file;
	if (made === 'centre') reached(world, file, 'card_made');
	yield* deliver(world, file, made);
	const inUse = yield* activate(world, file, made);
	if (inUse) yield* rebind(world, file);
	yield* time.pass(span(file.stream('closing'), world.profile.activation.closing));
	world.emit('case.closed', { caseId, outcome: inUse ? 'completed' : 'expired' }, branch.source, time.now);
	follow.complain(file);
	yield* survey(world, file);
}

/** From the report to the decision. Answers whether a new card is to be made; if not, the case has been closed. */
function* decided(world: World, file: CaseFile, follow: CaseFollowUps): Generator<SimEvent, boolean, unknown> {
	const { profile } = world;
	const { caseId, branch, time } = file;
	const luck = file.stream('course');
	yield* reportThrough(world, file, whileCustomerIsThere);
	if (luck.next() < profile.duplicates.share) follow.repeat(file);
	const found = luck.next() < profile.release.share;
	const foundAt = found ? time.now + span(file.stream('found'), profile.release.foundAfter) : Infinity;

	if (!file.verified) {
		yield* file.frozen.wait(time);
		world.emit('case.closed', { caseId, outcome: 'expired' }, branch.source, time.now);
		return false;
	}
	if (mustConfirm(world, file)) yield* confirmInBranch(world, file);
	yield* materials(world, file);
	if (!(yield* assessRisk(world, file))) {
		yield* file.frozen.wait(time);
		const rejected = { caseId, stage: 'risk', reason: 'fraud_suspected', by: 'risk-lead' } as const;
		world.emit('case.rejected', rejected, branch.source, time.now);
		return false;
	}
	if (foundAt <= time.now) return yield* released(world, file);
	issueVirtualCard(world, file, 'risk');
	// Nobody decides on a new card before the old one is frozen.
	yield* file.frozen.wait(time);
	if (!(world.approvals.automatic(file) || (yield* world.approvals.decide(file)))) return false;
	return foundAt > time.now || (yield* released(world, file));
}

function* whileCustomerIsThere(world: World, file: CaseFile): Generator<SimEvent, void, unknown> {
	wish(world, file);
	freeze(world, file);
	confirmReport(world, file);
	keepTelling(world, file);
	if (!(yield* identify(world, file))) return;
	issueVirtualCard(world, file, 'verified');
	reached(world, file, 'identity_verified');
}

/** The card turned up before a new one was made: one person takes the report back, another agrees, and each payment channel takes the card again. Answers that no card is to be made. */
function* released(world: World, file: CaseFile): Generator<SimEvent, false, unknown> {
	const { caseId, branch, time } = file;
	yield* file.frozen.wait(time);
	const stream = file.stream('release');
	const by = `T-${branch.id}-W1`;
	world.emit('case.release_requested', { caseId, by, reason: 'card found' }, branch.source, time.now);
	yield* time.pass(span(stream, world.profile.release.confirm));
	yield* unfreeze(world, file);
	const approvedBy = `S-${branch.id}-${stream.int(1, 2)}`;
	world.emit('case.released', { caseId, by, approvedBy, reason: 'card found' }, branch.source, time.now);
	return false;
}

/** The second report of a loss that is already being worked on: paused as a duplicate, looked at, cancelled. Its own freezes are undone, those of the first one hold. */
export function* duplicateLife(world: World, file: CaseFile): Generator<SimEvent, void, unknown> {
	const { caseId, branch, time } = file;
	const stream = file.stream('duplicate');
	const { duplicates } = world.profile;
	yield* time.pass(span(stream, duplicates.after));
	yield* reportThrough(world, file, foundOut);
	yield* time.pass(span(stream, duplicates.cancelled));
	yield* file.frozen.wait(time);
	yield* unfreeze(world, file);
	const cancelled = { caseId, reason: 'duplicate', by: `T-${branch.id}-W1` };
	world.emit('case.cancelled', cancelled, branch.source, time.now);
}

function* foundOut(world: World, file: CaseFile): Generator<SimEvent, void, unknown> {
	const { caseId, branch, time, duplicateOf } = file;
	// The freeze is repeated: nobody knows yet that it is the same loss.
	wish(world, file);
	freeze(world, file);
	confirmReport(world, file);
	yield* time.pass(span(file.stream('finding out'), world.profile.duplicates.seen));
	world.emit('case.paused', { caseId, reason: 'duplicate_report', duplicateOf }, branch.source, time.now);
}
