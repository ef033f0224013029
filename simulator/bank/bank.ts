import { typeOf, type EventData, type EventName } from '../../src/lib/domain/events/catalogue.ts';
import type { DomainEvent } from '../../src/lib/domain/events/event.ts';
import type { Millis } from '../../src/lib/domain/time.ts';
import { Environment } from '../kernel/environment.ts';
import { deriveStream } from '../random/stream.ts';
import { Approvals } from './approval.ts';
import { lossArrivals } from './arrivals.ts';
import { timeWriter } from './bank-time.ts';
import { caseIds } from './case-ids.ts';
import type { CaseFile } from './case-file.ts';
import { caseLife, duplicateLife } from './case-life.ts';
import { channelChoice } from './channels.ts';
import { complaints } from './complaints.ts';
import { customers } from './customer.ts';
import { Devices } from './devices.ts';
import { type Join, joinLane } from './join.ts';
import { type Branch, createNetwork } from './network.ts';
import { PhoneBank } from './phone.ts';
import { Centre } from './production.ts';
import type { Profile } from './profile.ts';
import { Sites } from './sites.ts';
import { Stock } from './stock.ts';
import { Windows } from './visits.ts';
import type { World } from './world.ts';

export interface BankOptions {
	seed: number;
	profile: Profile;
	/** When the bank opens, ms since the epoch. */
	start: Millis;
	/** How many branches; 200 unless told. */
	branches?: number;
	/** Set where it takes over a lane that another bank filled; it opens at `start`, to be warm by then. */
	joins?: Join;
}

export interface Bank {
	/** Name of this run, the same for the same options: part of every event's id. */
	readonly run: string;
	readonly branches: readonly Branch[];
	readonly now: Millis;
	/** When the next event may come. */
	peek(): Millis;
	/** Everything that happens before `until`, in order of time; slicing does not change what comes. */
	advance(until: Millis): DomainEvent[];
}

/** A bank as a function of its options alone: same options, same events to the byte. */
export function createBank(options: BankOptions): Bank {
	const bank = openBank(options);
	return options.joins ? joinLane(bank, options.joins.at) : bank;
}

function openBank(options: BankOptions): Bank {
	const { seed, profile, start, joins } = options;
	const env = new Environment(start);
	const branches = createNetwork(seed, options.branches ?? 200, profile);
	const run = runName(options, branches.length);
	const write = timeWriter();
	let out: DomainEvent[] = [];
	let emitted = 0;
	const counters = new Map<string, number>();
	const emit = <N extends EventName>(name: N, data: EventData<N>, source = '/sim/bank'): void => {
		const caseId = (data as { caseId?: string }).caseId;
		out.push({
			specversion: '1.0',
			id: `${run}.${(emitted++).toString(36)}`,
			source,
			type: typeOf(name),
			time: write(env.now),
			...(caseId === undefined ? {} : { subject: caseId }),
			simrun: run,
			data
		} as DomainEvent);
	};
	const world: World = assemble({
		env,
		profile,
		branches,
		emit,
		stream: (entity, purpose) => deriveStream(seed, entity, purpose),
		nextId(prefix) {
			const next = (counters.get(prefix) ?? 0) + 1;
			counters.set(prefix, next);
			return `${prefix}-${joins ? `${joins.mark}-` : ''}${next.toString(36)}`;
		},
		deviceReports: new Map()
	});
	open(world, joins?.mark);
	return {
		run,
		branches,
		get now() {
			return env.now;
		},
		peek: () => env.peek(),
		advance(until) {
			if (until > env.now) env.run(until);
			const happened = out;
			out = [];
			return happened;
		}
	};
}

type Ground = Omit<World, 'windows' | 'phone' | 'approvals' | 'centre' | 'stock' | 'devices' | 'sites'>;

/** Puts the bank's parts into the world, in an order in which each finds what it needs. */
function assemble(ground: Ground): World {
	const world = ground as { -readonly [K in keyof World]: World[K] };
	for (const branch of world.branches) opened(world, branch);
	world.windows = new Windows(world);
	world.phone = new PhoneBank(world);
	world.approvals = new Approvals(world);
	world.centre = new Centre(world);
	world.stock = new Stock(world);
	world.devices = new Devices(world);
	world.sites = new Sites(world);
	return world;
}

function opened(world: World, branch: Branch): void {
	const { id: branchId, name, province, city, latitude, longitude, windows, kiosks, instantDevice } = branch;
	const data = { branchId, name, province, city, latitude, longitude, windows, kiosks, instantDevice };
	world.emit('branch.opened', data, branch.source);
}

function open(world: World, mark: string | undefined): void {
	const drawCustomer = customers(world);
	const chooseChannel = channelChoice(world);
	const complain = complaints(world);
	const idOf = caseIds(mark);
	world.windows.open();
	world.phone.open();
	world.sites.open();
	const begin = (caseId: string, branch: Branch): CaseFile => {
		const stream = (purpose: string) => world.stream(caseId, purpose);
		const customer = drawCustomer(caseId, branch);
		const channel = chooseChannel({ branch, stream });
		return { caseId, branch, customer, stream, channel, reportedAt: world.env.now, late: false };
	};
	const repeat = (first: CaseFile): void => {
		const caseId = `${first.caseId}-2`;
		const channel = first.channel === 'phone' ? 'mobile' : 'phone';
		const second = { ...begin(caseId, first.branch), customer: first.customer, channel } as CaseFile;
		world.env.process(duplicateLife(world, second, first), caseId);
	};
	lossArrivals(world, (branch, nth, day) => {
		const caseId = idOf(branch, nth, day);
		world.env.process(caseLife(world, begin(caseId, branch), { complain, repeat }), caseId);
	});
}

/** Short, and different wherever the events would be. */
function runName({ seed, profile, start, joins }: BankOptions, branches: number): string {
	const when = joins ? `${start} ${joins.at} ${joins.mark}` : String(start);
	const stream = deriveStream(seed, `${when} ${branches}`, JSON.stringify(profile));
	const part = (): string =>
		Math.floor(stream.next() * 36 ** 5)
			.toString(36)
			.padStart(5, '0');
	return `r${part()}${part()}`;
}
