import type { PAYMENT_CHANNELS } from '../../src/lib/domain/events/vocabulary.ts';
import type { Stream } from '../random/stream.ts';
import type { CaseFile } from './case-file.ts';
import type { Branch } from './network.ts';
import { at } from './own-time.ts';
import { span, type World } from './world.ts';

export type PaymentChannel = (typeof PAYMENT_CHANNELS)[number];

/** How one channel answers: at first, and when it has done what it was asked for; ms since the epoch. */
export interface Step {
	readonly channel: PaymentChannel;
	readonly answered: number;
	readonly frozenAt: number;
	/** It answers only after its own recovery. */
	readonly stuck: boolean;
}

/** The channels that a customer uses: the same for the same stream. */
export function channelsOf({ profile }: World, stream: Stream): PaymentChannel[] {
	const used: PaymentChannel[] = [];
	const { channels } = profile.freeze;
	for (const channel in channels)
		if (stream.next() < (channels[channel as PaymentChannel] ?? 0)) used.push(channel as PaymentChannel);
	if (used.length === 0) used.push('unionpay');
	return used;
}

/** Asks one channel; where it does not answer at first it is asked again. */
export function stepOf(world: World, branch: Branch, channel: PaymentChannel, from: number, stream: Stream): Step {
	const { propagate, failure, stuck, stuckFor, retry } = world.profile.freeze;
	// The request leaves over the home branch's line, and a slow branch has a slow line.
	const lag = Math.round(world.faults.most('queue', channel));
	const answered = from + span(stream, propagate, branch.weak ? branch.slowness ** 2 : 1) + lag;
	const luck = stream.next();
	const again = luck < failure + stuck ? span(stream, luck < stuck ? stuckFor : retry) : 0;
	return { channel, answered, frozenAt: answered + again, stuck: luck < stuck };
}

/** Compensates the freezes of some channels, each repeated until it is undone. Answers when the last one is. */
export function undo(
	world: World,
	{ caseId, branch }: CaseFile,
	channels: readonly PaymentChannel[],
	from: number,
	stream: Stream
): number {
	let last = from;
	for (const channel of channels) {
		const { frozenAt: undone } = stepOf(world, branch, channel, from, stream);
		at(world, undone, (moment) => {
			world.emit('case.frozen', { caseId, paymentChannel: channel, result: 'compensated' }, branch.source, moment);
		});
		last = Math.max(last, undone);
	}
	return last;
}
