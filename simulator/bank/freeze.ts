import type { SimEvent } from '../kernel/event.ts';
import type { Stream } from '../random/stream.ts';
import type { CaseFile } from './case-file.ts';
import { reached } from './notifications.ts';
import { at } from './own-time.ts';
import { channelsOf, type PaymentChannel, type Step, stepOf, undo } from './payment-channels.ts';
import type { World } from './world.ts';

/**
 * Freezes the card in every payment channel that the customer uses. A saga: each channel is a step of its own, repeated until it
 * holds; where one is stuck for too long the others are compensated, so that no channel says what another does not, and all begins anew.
 */
export function freeze(world: World, file: CaseFile): void {
	const stream = file.stream('freeze');
	begin(world, file, { channels: channelsOf(world, stream), stream, from: file.time.now, anew: 0 });
}

/** Takes a freeze back in each payment channel: the report was taken back, or the loss had been reported before. */
export function* unfreeze(world: World, file: CaseFile): Generator<SimEvent, void, unknown> {
	const { branch, time } = file;
	if (world.sites.out(branch)) yield* world.sites.served(branch, file.stream('retry unfreeze'));
	const channels = channelsOf(world, file.stream('freeze'));
	yield* time.until(undo(world, file, channels, time.now, file.stream('unfreeze')));
}

interface Round {
	readonly channels: readonly PaymentChannel[];
	readonly stream: Stream;
	readonly from: number;
	/** How many were given up before. */
	readonly anew: number;
}

function begin(world: World, file: CaseFile, round: Round): void {
	const { branch } = file;
	if (!world.sites.out(branch)) return request(world, file, round);
	const again = (): void => request(world, file, { ...round, from: world.env.now });
	const served = world.sites.served(branch, file.stream(`retry freeze ${round.anew}`));
	world.env.process(served, 'freeze').listen(again);
}

function request(world: World, file: CaseFile, round: Round): void {
	const { caseId, branch } = file;
	const { channels, stream, from } = round;
	world.emit('case.freeze_requested', { caseId, paymentChannels: [...channels] }, branch.source, from);
	const steps = channels.map((channel) => stepOf(world, branch, channel, from, stream));
	const givenUp = givenUpAt(world, steps, round.anew);
	let left = steps.length;
	let last = from;
	const frozen = (channel: PaymentChannel, moment: number): void => {
		world.emit('case.frozen', { caseId, paymentChannel: channel, result: 'frozen' }, branch.source, moment);
		world.copies.send(caseId, channel);
		last = Math.max(last, moment);
		if (--left === 0) completed(world, file, last);
	};
	for (const step of steps) take(world, file, step, givenUp, frozen);
	if (givenUp < Infinity) at(world, givenUp, (moment) => startAnew(world, file, round, steps, moment));
}

/** One channel's answers until it is frozen, as far as they come before the round is given up. */
function take(
	world: World,
	{ caseId, branch }: CaseFile,
	{ channel, answered, frozenAt }: Step,
	givenUp: number,
	frozen: (channel: PaymentChannel, moment: number) => void
): void {
	if (answered === frozenAt) return at(world, answered, (moment) => frozen(channel, moment));
	if (answered > givenUp) return;
	at(world, answered, (moment) => {
		world.emit('case.frozen', { caseId, paymentChannel: channel, result: 'failed' }, branch.source, moment);
		if (frozenAt <= givenUp) at(world, frozenAt, (later) => frozen(channel, later));
	});
}

function completed(world: World, file: CaseFile, moment: number): void {
	const { caseId, branch } = file;
	const share = world.profile.freeze.incomingOpen;
	const incomingOpen = share === 1 || file.stream('incoming credits').next() < share;
	world.emit('case.freeze_completed', { caseId, incomingOpen }, branch.source, moment);
	reached(world, file, 'card_frozen', moment);
	file.frozen.come(moment);
}

/** When a round is given up because a channel is stuck for too long after the others; Infinity where none is, or where nothing is left but to wait. */
function givenUpAt(world: World, steps: readonly Step[], before: number): number {
	const { giveUp, anew } = world.profile.freeze;
	let last = -Infinity;
	let stuckUntil = -Infinity;
	for (const { stuck, frozenAt } of steps)
		if (stuck) stuckUntil = Math.max(stuckUntil, frozenAt);
		else last = Math.max(last, frozenAt);
	return last > -Infinity && before < anew && stuckUntil > last + giveUp ? last + giveUp : Infinity;
}

function startAnew(world: World, file: CaseFile, round: Round, steps: readonly Step[], moment: number): void {
	const done = steps.filter(({ frozenAt }) => frozenAt <= moment).map(({ channel }) => channel);
	const anew = round.anew + 1;
	const from = undo(world, file, done, moment, file.stream(`undo freeze ${anew}`));
	const next = { channels: round.channels, stream: file.stream(`freeze ${anew}`), from, anew };
	at(world, from, () => begin(world, file, next));
}
