import type { PAYMENT_CHANNELS } from '../../src/lib/domain/events/vocabulary.ts';
import type { CaseFile } from './case-file.ts';
import { at } from './own-time.ts';
import { span, type World } from './world.ts';

type PaymentChannel = (typeof PAYMENT_CHANNELS)[number];

/**
 * Freezes the card in every payment channel the customer uses, each as its own step that is repeated until it holds;
 * `done` is called when all of them do.
 */
export function freeze(world: World, file: CaseFile, done: (moment: number) => void): void {
	if (!world.sites.out) return freezeAll(world, file, file.time.now, done);
	const begin = (): void => freezeAll(world, file, world.env.now, done);
	world.env.process(world.sites.served(file.stream('retry freeze')), 'freeze').listen(begin);
}

function freezeAll(world: World, file: CaseFile, from: number, done: (moment: number) => void): void {
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
	const held = (moment: number): void => {
		last = Math.max(last, moment);
		if (--left > 0) return;
		world.emit('case.freeze_completed', { caseId, incomingOpen: true }, branch.source, last);
		done(last);
	};
	for (const channel of used) freezeOne(world, file, channel, from, held);
}

function freezeOne(
	world: World,
	file: CaseFile,
	channel: PaymentChannel,
	from: number,
	held: (moment: number) => void
): void {
	const { faults, profile } = world;
	const { propagate, failure, stuck, stuckFor, retry } = profile.freeze;
	const { caseId, branch } = file;
	const stream = file.stream(`freeze ${channel}`);
	const frozen = (moment: number): void => {
		world.emit('case.frozen', { caseId, paymentChannel: channel, result: 'frozen' }, branch.source, moment);
		world.copies.send(caseId, channel);
		held(moment);
	};
	// The request leaves over the home branch's line, and a slow branch has a slow line.
	const lag = Math.round(faults.most('queue', channel));
	const answered = from + span(stream, propagate, branch.weak ? branch.slowness ** 2 : 1) + lag;
	at(world, answered, (moment) => {
		const luck = stream.next();
		if (luck >= failure + stuck) return frozen(moment);
		world.emit('case.frozen', { caseId, paymentChannel: channel, result: 'failed' }, branch.source, moment);
		at(world, moment + span(stream, luck < stuck ? stuckFor : retry), frozen);
	});
}
