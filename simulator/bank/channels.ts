import type { CHANNELS } from '../../src/lib/domain/events/vocabulary.ts';
import { type Categorical, categorical } from '../random/discrete.ts';
import type { SimEvent } from '../kernel/event.ts';
import type { CaseFile } from './case-file.ts';
import { span, type World } from './world.ts';

export type Channel = (typeof CHANNELS)[number];
type Offered = Exclude<Channel, 'branch'>;

/** Draws the channel a customer turns to; a closed branch sends people to their phones. */
export function channelChoice(world: World): (file: Pick<CaseFile, 'branch' | 'stream'>) => Offered {
	const weights: Partial<Record<Offered, number>> = {};
	for (const [name, channel] of Object.entries(world.profile.channels)) weights[name as Offered] = channel.share;
	const mix: Categorical<Offered> = categorical(weights as Record<Offered, number>);
	return ({ branch, stream }) => {
		const choice = mix.draw(stream('channel'));
		return choice === 'counter' && !world.windows.isOpen(branch, world.env.now) ? 'mobile' : choice;
	};
}

type Then = () => Generator<SimEvent, void, unknown>;

/** The customer's way through the channel until the loss report stands; `then` follows in place, with the customer still there. */
export function* reportThrough(world: World, file: CaseFile, then: Then): Generator<SimEvent, void, unknown> {
	const stream = file.stream('report');
	const profile = world.profile.channels[file.channel as Offered];
	if (!profile) return;
	const atMachine = file.channel === 'vtm' || file.channel === 'atm';
	if (atMachine && world.faults.share('line', file.branch) > 0) file.channel = 'mobile';
	const seconds = Math.round(span(stream, profile.report) * world.faults.factor('core', file.branch));
	if (file.channel === 'counter') {
		const { branch, caseId, customer } = file;
		const visit = { branch, caseId, service: 'card_loss', segment: customer.segment, stream: file.stream('visit') };
		let ticket: string | undefined;
		const served = yield* world.windows.visit(visit, function* () {
			if (yield* world.paper.needed(branch)) {
				ticket = yield* world.paper.write(file);
				return;
			}
			yield world.env.timeout(seconds);
			reported(world, file, seconds);
			yield* then();
		});
		if (ticket !== undefined) {
			yield* world.paper.keyIn(file, ticket, (entered) => reported(world, entered, seconds));
			yield* then();
		}
		if (served) return;
		// Tired of waiting, the customer reports on the way home.
		file.channel = 'mobile';
		yield world.env.timeout(span(stream, { mean: 600_000, cv: 0.5 }));
	} else if (file.channel === 'phone') {
		const answered = yield* world.phone.call(file, function* () {
			yield world.env.timeout(seconds);
			yield* world.sites.served(file.stream('retry'));
			reported(world, file, seconds);
			yield* then();
		});
		if (answered) return;
		file.channel = 'mobile';
	}
	const mobile = file.channel === 'mobile' ? (world.profile.channels.mobile ?? profile) : profile;
	const took = file.channel === 'mobile' ? span(stream, mobile.report) : seconds;
	yield world.env.timeout(took);
	yield* world.sites.served(file.stream('retry'));
	reported(world, file, took);
	yield* then();
}

function reported(world: World, file: CaseFile, took: number): void {
	const { customer, branch } = file;
	const remote = file.channel !== 'counter' && file.channel !== 'phone';
	file.reportedAt = world.env.now;
	world.emit(
		'case.reported',
		{
			caseId: file.caseId,
			kind: file.channel === 'phone' || file.channel === 'atm' ? 'verbal' : 'formal',
			channel: file.channel,
			branchId: branch.id,
			...(remote ? { deviceId: customer.deviceId } : {}),
			customerRef: customer.ref,
			card: customer.card,
			slaClass: customer.tier === 'vip' ? 'priority' : 'standard',
			tier: customer.tier,
			segment: customer.segment,
			region: branch.province,
			awayFromHome: customer.awayFromHome,
			site: world.sites.active,
			reportSeconds: Math.round(took / 100) / 10
		},
		branch.source
	);
}
