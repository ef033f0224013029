import type { EventData, EventName } from '../../src/lib/domain/events/catalogue.ts';
import type { Millis } from '../../src/lib/domain/time.ts';
import { FaultBoard } from '../faults/board.ts';
import { obey, obeyAgain, type Order } from '../faults/orders.ts';
import { startFaults } from '../faults/start-faults.ts';
import { Environment } from '../kernel/environment.ts';
import { deriveStream } from '../random/stream.ts';
import { Appointments } from './appointments.ts';
import { Approvals } from './approval.ts';
import type { BankOptions } from './bank.ts';
import { cardVisits } from './card-visits.ts';
import { caseIds } from './case-ids.ts';
import { regulatorReports } from './compliance.ts';
import { Days } from './days.ts';
import { Devices } from './devices.ts';
import { exceptions } from './exceptions.ts';
import { Kiosks } from './kiosks.ts';
import type { Line } from './line.ts';
import type { Branch } from './network.ts';
import { openCases } from './open-cases.ts';
import { Paper } from './paper.ts';
import { PhoneBank } from './phone.ts';
import { Copies } from './copies.ts';
import { Centre } from './production.ts';
import type { Recorder } from './recorder.ts';
import { RiskRules } from './rules.ts';
import { forBranches } from './scale.ts';
import { Sites } from './sites.ts';
import { Stock } from './stock.ts';
import { Transfers } from './transfers.ts';
import { VideoDesk } from './video.ts';
import { Windows } from './visits.ts';
import type { World } from './world.ts';

/** A part of the bank with its own clock and everything that its branches share. */
export interface Region {
	readonly now: Millis;
	/** Every line in which somebody may wait. */
	readonly lines: readonly Line[];
	/** When the next event may come. */
	peek(): Millis;
	/** Lets everything happen that comes before `until`; the recorder may hear by then of what is told later. */
	advance(until: Millis): void;
	/** Does at its present what somebody wants. */
	obey(order: Order): void;
}

/** Events of what the whole bank shares: every region lives through it, the first one tells of it. */
const NATIONAL: ReadonlySet<EventName> = new Set<EventName>([
	'site.health',
	'site.failover_started',
	'site.failover_completed',
	'audit.recorded'
]);

/**
 * Opens the region of these branches. Its name is empty for the only or first one; the names of what its branches share
 * carry it, so that they never meet those of another region.
 */
export function openRegion(
	options: BankOptions,
	{ name, branches, of }: { name: string; branches: readonly Branch[]; of: readonly Branch[] },
	recorder: Recorder
): Region {
	const { seed, profile, start, joins, undisturbedUntil = -Infinity } = options;
	const env = new Environment(start);
	const counters = new Map<string, number>();
	const mark = [name, joins?.mark]
		.filter(Boolean)
		.map((part) => `${part}-`)
		.join('');
	const world: World = assemble({
		env,
		profile: forBranches(profile, branches.length),
		branches,
		region: name,
		bankBranches: of.length,
		get steadyUntil() {
			const { faults, rules, sites } = world;
			return Math.min(undisturbedUntil, faults.steadyUntil, rules.steadyUntil, sites.steadyUntil);
		},
		emit(event, data, source = '/sim/bank', at = env.now) {
			if (name === '' || !NATIONAL.has(event)) recorder.event(at, event, data, source);
		},
		truth: (what, data) => recorder.truth(env.now, what, data),
		stream: (entity, purpose) => deriveStream(seed, entity, purpose),
		nextId(prefix) {
			const next = (counters.get(prefix) ?? 0) + 1;
			counters.set(prefix, next);
			return `${prefix}-${mark}${next.toString(36)}`;
		},
		lines: [],
		faults: new FaultBoard(env),
		deviceReports: new Map()
	});
	world.windows.open();
	cardVisits(world);
	exceptions(world);
	regulatorReports(world);
	world.phone.open();
	world.sites.open();
	openCases(world, caseIds(joins?.mark));
	startFaults(world, options.faults ?? []);
	obeyAgain(world, options.orders ?? []);
	return {
		get now() {
			return env.now;
		},
		lines: world.lines,
		peek: () => env.peek(),
		advance(until) {
			if (until > env.now) env.run(until);
		},
		obey: (order) => obey(world, order)
	};
}

type Ground = Omit<
	World,
	| 'days'
	| 'windows'
	| 'kiosks'
	| 'appointments'
	| 'phone'
	| 'video'
	| 'rules'
	| 'approvals'
	| 'centre'
	| 'stock'
	| 'transfers'
	| 'devices'
	| 'sites'
	| 'copies'
	| 'paper'
	| 'report'
	| 'usualReports'
>;

/** Puts the bank's parts into the world, in an order in which each finds what it needs. */
function assemble(ground: Ground): World {
	const world = ground as { -readonly [K in keyof World]: World[K] };
	for (const branch of world.branches) opened(world, branch);
	world.days = new Days(world.profile);
	world.windows = new Windows(world);
	world.kiosks = new Kiosks(world);
	world.appointments = new Appointments(world);
	world.phone = new PhoneBank(world);
	world.video = new VideoDesk(world);
	world.rules = new RiskRules(world);
	world.approvals = new Approvals(world);
	world.centre = new Centre(world);
	world.stock = new Stock(world);
	world.transfers = new Transfers(world);
	world.devices = new Devices(world);
	world.sites = new Sites(world);
	world.copies = new Copies(world);
	world.paper = new Paper(world);
	return world;
}

function opened(world: World, branch: Branch): void {
	const { id: branchId, name, province, city, latitude, longitude, windows, kiosks, instantDevice } = branch;
	const data: EventData<'branch.opened'> = {
		branchId,
		name,
		province,
		city,
		latitude,
		longitude,
		windows,
		kiosks,
		instantDevice
	};
	world.emit('branch.opened', data, branch.source);
}
