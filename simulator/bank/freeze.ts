import type { PAYMENT_CHANNELS } from '../../src/lib/domain/events/vocabulary.ts';
import type { SimEvent } from '../kernel/event.ts';
import type { CaseFile } from './case-file.ts';
import { span, type World } from './world.ts';

type PaymentChannel = (typeof PAYMENT_CHANNELS)[number];

/** Freezes the card in every payment channel the customer uses, each as its own step that is repeated until it holds. */
export function* freeze(world: World, file: CaseFile): Generator<SimEvent, void, unknown> {
	const { caseId, branch } = file;
	const stream = file.stream('freeze');
	if (world.sites.out) yield* world.sites.served(file.stream('retry freeze'));
	const used: PaymentChannel[] = [];
	for (const [channel, share] of Object.entries(world.profile.freeze.channels))
		if (stream.next() < share) used.push(channel as PaymentChannel);
	if (used.length === 0) used.push('unionpay');
	world.emit('case.freeze_requested', { caseId, paymentChannels: used }, branch.source);
	yield world.env.allOf(
		used.map((channel) => world.env.process(freezeOne(world, file, channel), `${caseId} ${channel}`))
	);
	world.emit('case.freeze_completed', { caseId, incomingOpen: true }, branch.source);
}

function* freezeOne(world: World, file: CaseFile, channel: PaymentChannel): Generator<SimEvent, void, unknown> {
	const { freeze: profile } = world.profile;
	const { caseId, branch } = file;
	const stream = file.stream(`freeze ${channel}`);
	// The request leaves over the home branch's line, and a slow branch has a slow line.
	const lag = Math.round(world.faults.most('queue', channel));
	yield world.env.timeout(span(stream, profile.propagate, branch.weak ? branch.slowness ** 2 : 1) + lag);
	const luck = stream.next();
	if (luck < profile.failure + profile.stuck) {
		world.emit('case.frozen', { caseId, paymentChannel: channel, result: 'failed' }, branch.source);
		yield world.env.timeout(span(stream, luck < profile.stuck ? profile.stuckFor : profile.retry));
	}
	world.emit('case.frozen', { caseId, paymentChannel: channel, result: 'frozen' }, branch.source);
	world.copies.send(caseId, channel);
}
