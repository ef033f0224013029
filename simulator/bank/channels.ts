import type { CHANNELS } from '../../src/lib/domain/events/vocabulary.ts';
import { type Categorical, categorical } from '../random/discrete.ts';
import type { SimEvent } from '../kernel/event.ts';
import type { Stream } from '../random/stream.ts';
import type { CaseFile } from './case-file.ts';
import { emergencyCash } from './cash.ts';
import { fromSharedDevice, noteDevice } from './device-history.ts';
import type { Server } from './serving.ts';
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

/** Channels in which somebody or a machine must be free. */
const WITH_SOMEBODY: ReadonlySet<Channel> = new Set<Channel>(['counter', 'phone', 'vtm', 'atm']);

/**
 * What follows a report. A function of the module, never one made for a case: each such generator function brings a hidden class of
 * its own, and whatever goes on in it is slow.
 */
type Then = (world: World, file: CaseFile) => Generator<SimEvent, void, unknown>;

/** The customer's way through the channel until the loss report stands; `then` follows in place, with the customer still there. */
export function* reportThrough(world: World, file: CaseFile, then: Then): Generator<SimEvent, void, unknown> {
	const stream = file.stream('report');
	if (WITH_SOMEBODY.has(file.channel) && (yield* inPerson(world, file, stream, then))) return;
	yield* report(world, file, stream, then);
}

function* report(world: World, file: CaseFile, stream: Stream, then: Then): Generator<SimEvent, void, unknown> {
	if (yield* enter(world, file, stream)) yield* then(world, file);
	else file.ticket = yield* world.paper.write(file);
}

/** At a window, on the phone or at a machine. Answers false where the customer got tired of waiting, and turns to the phone app. */
function* inPerson(world: World, file: CaseFile, stream: Stream, then: Then): Generator<SimEvent, boolean, unknown> {
	let served = false;
	switch (file.channel) {
		case 'counter':
			served = yield* atWindow(world, file, stream, then);
			// Tired of waiting, the customer reports on the way home.
			if (!served) yield* file.time.pass(span(stream, world.profile.visits.wayHome));
			break;
		case 'phone':
			served = yield* world.phone.call(file, () => report(world, file, stream, then));
			break;
		case 'vtm':
		case 'atm':
			served = world.faults.share('line', file.branch) === 0 && (yield* atMachine(world, file, stream, then));
			break;
	}
	if (!served) file.channel = 'mobile';
	return served;
}

function* atWindow(world: World, file: CaseFile, stream: Stream, then: Then): Generator<SimEvent, boolean, unknown> {
	const { branch, caseId, customer, time } = file;
	const visit = { branch, caseId, service: 'card_loss', segment: customer.segment, stream: file.stream('visit') };
	yield* time.meet();
	const came = time.now;
	const served = yield* world.windows.visit(visit, () => called(world, file, came, stream, then));
	const { ticket } = file;
	if (ticket !== undefined) {
		const { took, steps } = attempt(world, file, stream);
		yield* world.paper.keyIn(file, ticket, (entered) => reported(world, entered, took, steps));
		yield* then(world, file);
	}
	return served;
}

/** At the window at last: the report, or a paper where the teller cannot enter it. */
function* called(
	world: World,
	file: CaseFile,
	came: number,
	stream: Stream,
	then: Then
): Generator<SimEvent, void, unknown> {
	file.waitedMs = file.time.now - came;
	if (yield* world.paper.needed(file.branch)) file.ticket = yield* world.paper.write(file);
	else yield* report(world, file, stream, then);
	yield* file.time.meet();
}

function* atMachine(world: World, file: CaseFile, stream: Stream, then: Then): Generator<SimEvent, boolean, unknown> {
	const { env, kiosks, profile } = world;
	const { branch, time } = file;
	yield* time.meet();
	const patience = span(stream, profile.kiosks.patience);
	const turn = env.event<Server | null>('a machine');
	kiosks.use(
		branch,
		patience,
		(machine) => turn.succeed(machine),
		() => turn.succeed(null)
	);
	yield turn as SimEvent;
	const machine = turn.value;
	if (machine === null) return false;
	file.machine = machine.name;
	yield* report(world, file, stream, then);
	yield* emergencyCash(world, file, machine.name);
	yield* time.meet();
	kiosks.free(branch, machine);
	return true;
}

/**
 * Screen after screen until the report is sent; a failed attempt is made again. Where the site does not answer a customer waits for
 * the other one to take over, and a teller for a while: answers false where the report must go on paper after all.
 */
function* enter(world: World, file: CaseFile, stream: Stream): Generator<SimEvent, boolean, unknown> {
	const { took, steps } = attempt(world, file, stream);
	yield* file.time.pass(took);
	if (world.sites.out(file.branch)) {
		if (file.channel !== 'counter') yield* world.sites.served(file.branch, file.stream('retry'));
		else if (yield* world.paper.needed(file.branch)) return false;
	}
	if (fromSharedDevice(file)) {
		yield* file.time.meet();
		noteDevice(world, file);
	}
	reported(world, file, took, steps);
	return true;
}

function attempt(world: World, file: CaseFile, stream: Stream): { took: number; steps: number } {
	const { mobile } = world.profile.channels;
	const profile = world.profile.channels[file.channel as Offered] ?? (mobile as NonNullable<typeof mobile>);
	let took = 0;
	do took += span(stream, profile.report);
	while (stream.next() < profile.failure);
	return { took: Math.round(took * world.faults.factor('core', file.branch)), steps: profile.steps };
}

function reported(world: World, file: CaseFile, took: number, steps: number): void {
	const { customer, branch, channel } = file;
	const remote = channel !== 'counter' && channel !== 'phone';
	file.reportedAt = file.time.now;
	world.emit(
		'case.reported',
		{
			caseId: file.caseId,
			kind: channel === 'phone' || channel === 'atm' ? 'verbal' : 'formal',
			channel,
			branchId: branch.id,
			deviceId: remote ? (file.machine ?? customer.deviceId) : undefined,
			customerRef: customer.ref,
			card: customer.card,
			slaClass: customer.tier === 'vip' ? 'priority' : 'standard',
			tier: customer.tier,
			segment: customer.segment,
			region: customer.region,
			awayFromHome: customer.awayFromHome,
			site: world.sites.of(branch),
			reportSeconds: Math.round(took / 100) / 10,
			steps
		},
		branch.source,
		file.reportedAt
	);
}
