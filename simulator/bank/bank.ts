import type { DomainEvent } from '../../src/lib/domain/events/event.ts';
import type { Millis } from '../../src/lib/domain/time.ts';
import { deriveStream } from '../random/stream.ts';
import type { Order } from '../faults/orders.ts';
import type { AnyFault } from '../faults/read-faults.ts';
import { envelope } from './envelope.ts';
import { type Join, joinLane } from './join.ts';
import { type Branch, createNetwork } from './network.ts';
import type { Profile } from './profile.ts';
import { Outbox } from './outbox.ts';
import type { Told } from './recorder.ts';
import { openRegion } from './region.ts';
import { regionName, regionsOf } from './regions.ts';

export interface BankOptions {
	seed: number;
	profile: Profile;
	/** When the bank opens, ms since the epoch. */
	start: Millis;
	/** How many branches; 200 unless told. */
	branches?: number;
	/** What goes wrong on purpose; none unless told. */
	faults?: readonly AnyFault[];
	/** Before then nothing will be done to it that `faults` does not name: its cases may run ahead of the calendar as far. */
	undisturbedUntil?: Millis;
	/** What was done to it while it ran, in the order of time: made again, it meets the same at the same ticks. */
	orders?: readonly Order[];
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
	/** Does at once what somebody wants; the order's time is the bank's present. */
	obey(order: Order): void;
}

export type TruthTold = (at: Millis, name: string, data: object) => void;

/** A bank as a function of its options alone: same options, same events to the byte. `truth` hears what no part of it may know. */
export function createBank(options: BankOptions, truth: TruthTold = () => undefined): Bank {
	const bank = openBank(options, truth);
	return options.joins ? joinLane(bank, options.joins.at) : bank;
}

function openBank(options: BankOptions, truth: TruthTold): Bank {
	const branches = createNetwork(options.seed, options.branches ?? 200, options.profile);
	const run = runName(options, branches.length);
	const regions = regionsOf(branches).map((members, index) => {
		const name = regionName(index);
		const seal = envelope(run, name);
		const outbox = new Outbox<Told>();
		const region = openRegion(
			options,
			{ name, branches: members, of: branches },
			{
				event: (at, name, data, source) => outbox.add({ at, name, data, source }),
				truth
			}
		);
		return { region, outbox, seal };
	});
	return {
		run,
		branches,
		get now() {
			return Math.min(...regions.map(({ region }) => region.now));
		},
		peek: () => Math.min(...regions.map(({ region }) => region.peek())),
		advance(until) {
			const all = regions.map(({ region, outbox, seal }) => {
				region.advance(until);
				return outbox.take(until).map((told) => ({ at: told.at, event: seal(told) }));
			});
			// Stable: at one moment the regions come in their order.
			const merged = all.length === 1 ? (all[0] ?? []) : all.flat().sort((a, b) => a.at - b.at);
			return merged.map(({ event }) => event);
		},
		obey(order) {
			for (const { region } of regions) region.obey(order);
		}
	};
}

/** Short, and different wherever the events would be. */
export function runName({ seed, profile, start, joins }: BankOptions, branches: number): string {
	const when = joins ? `${start} ${joins.at} ${joins.mark}` : String(start);
	const stream = deriveStream(seed, `${when} ${branches}`, JSON.stringify(profile));
	const part = (): string =>
		Math.floor(stream.next() * 36 ** 5)
			.toString(36)
			.padStart(5, '0');
	return `r${part()}${part()}`;
}
