import type { PAYMENT_CHANNELS } from '../../src/lib/domain/events/vocabulary.ts';
import type { Stream } from '../random/stream.ts';
import type { CaseFile } from './case-file.ts';
import { at } from './own-time.ts';
import { span, type World } from './world.ts';

type PaymentChannel = (typeof PAYMENT_CHANNELS)[number];

/** Freezes the card in every payment channel the customer uses, each as its own step that is repeated until it holds. */
export function freeze(world: World, file: CaseFile): void {
	if (!world.sites.out) return freezeAll(world, file, file.time.now);
	const begin = (): void => freezeAll(world, file, world.env.now);
	world.env.process(world.sites.served(file.stream('retry freeze')), 'freeze').listen(begin);
}

function freezeAll(world: World, file: CaseFile, from: number): void {
	const { caseId, branch } = file;
	const stream = file.stream('freeze');
	const used: PaymentChannel[] = [];
	const { channels } = world.profile.freeze;
	for (const channel in channels)
		if (stream.next() < (channels[channel as PaymentChannel] ?? 0)) used.push(channel as PaymentChannel);
	if (used.length === 0) used.push('unionpay');
	world.emit('case.freeze_requested', { caseId, paymentChannels: used }, branch.source, from);
	let left = used.length;
	let last = from;
	const frozen = (channel: PaymentChannel, moment: number): void => {
		world.emit('case.frozen', { caseId, paymentChannel: channel, result: 'frozen' }, branch.source, moment);
		world.copies.send(caseId, channel);
		last = Math.max(last, moment);
		if (--left > 0) return;
		world.emit('case.freeze_completed', { caseId, incomingOpen: true }, branch.source, last);
		file.frozen.come(last);
	};
	for (const channel of used) freezeOne(world, file, channel, { from, stream, frozen });
}

/** Asks one channel to freeze the card; where it does not answer at first it is asked again. */
function freezeOne(
	world: World,
	{ caseId, branch }: CaseFile,
	channel: PaymentChannel,
	{ from, stream, frozen }: { from: number; stream: Stream; frozen: (channel: PaymentChannel, moment: number) => void }
): void {
	const { propagate, failure, stuck, stuckFor, retry } = world.profile.freeze;
	// The request leaves over the home branch's line, and a slow branch has a slow line.
	const lag = Math.round(world.faults.most('queue', channel));
	const answered = from + span(stream, propagate, branch.weak ? branch.slowness ** 2 : 1) + lag;
	const luck = stream.next();
	if (luck >= failure + stuck) return at(world, answered, (moment) => frozen(channel, moment));
	const again = span(stream, luck < stuck ? stuckFor : retry);
	at(world, answered, (moment) => {
		world.emit('case.frozen', { caseId, paymentChannel: channel, result: 'failed' }, branch.source, moment);
		at(world, moment + again, (later) => frozen(channel, later));
	});
}
