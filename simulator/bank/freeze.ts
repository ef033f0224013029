import type { PAYMENT_CHANNELS } from '../../src/lib/domain/events/vocabulary.ts';
import type { CaseFile } from './case-file.ts';
import { span, type World } from './world.ts';

type PaymentChannel = (typeof PAYMENT_CHANNELS)[number];

/**
 * Freezes the card in every payment channel the customer uses, each as its own step that is repeated until it holds;
 * `done` is called when all of them do.
 */
export function freeze(world: World, file: CaseFile, done: () => void): void {
	const begin = (): void => freezeAll(world, file, done);
	if (!world.sites.out) return begin();
	world.env.process(world.sites.served(file.stream('retry freeze')), 'freeze').listen(begin);
}

function freezeAll(world: World, file: CaseFile, done: () => void): void {
	const { caseId, branch } = file;
	const stream = file.stream('freeze');
	const used: PaymentChannel[] = [];
	const { channels } = world.profile.freeze;
	for (const channel in channels)
		if (stream.next() < (channels[channel as PaymentChannel] ?? 0)) used.push(channel as PaymentChannel);
	if (used.length === 0) used.push('unionpay');
	world.emit('case.freeze_requested', { caseId, paymentChannels: used }, branch.source);
	let left = used.length;
	const held = (): void => {
		if (--left > 0) return;
		world.emit('case.freeze_completed', { caseId, incomingOpen: true }, branch.source);
		done();
	};
	for (const channel of used) freezeOne(world, file, channel, held);
}

function freezeOne(world: World, file: CaseFile, channel: PaymentChannel, held: () => void): void {
	const { env, faults, profile } = world;
	const { propagate, failure, stuck, stuckFor, retry } = profile.freeze;
	const { caseId, branch } = file;
	const stream = file.stream(`freeze ${channel}`);
	const frozen = (): void => {
		world.emit('case.frozen', { caseId, paymentChannel: channel, result: 'frozen' }, branch.source);
		world.copies.send(caseId, channel);
		held();
	};
	// The request leaves over the home branch's line, and a slow branch has a slow line.
	const lag = Math.round(faults.most('queue', channel));
	env.call(span(stream, propagate, branch.weak ? branch.slowness ** 2 : 1) + lag, () => {
		const luck = stream.next();
		if (luck >= failure + stuck) return frozen();
		world.emit('case.frozen', { caseId, paymentChannel: channel, result: 'failed' }, branch.source);
		env.call(span(stream, luck < stuck ? stuckFor : retry), frozen);
	});
}
