import type { EventData, EventName } from '../../src/lib/domain/events/catalogue.ts';
import type { Environment } from '../kernel/environment.ts';
import { lognormal } from '../random/continuous.ts';
import type { Stream } from '../random/stream.ts';
import type { Approvals } from './approval.ts';
import type { Centre } from './production.ts';
import type { Devices } from './devices.ts';
import type { Branch } from './network.ts';
import type { PhoneBank } from './phone.ts';
import type { Profile, Spread } from './profile.ts';
import type { Sites } from './sites.ts';
import type { Stock } from './stock.ts';
import type { Windows } from './visits.ts';

/** What every concept of the bank may reach. Time is in ms since the epoch: one tick is one millisecond. */
export interface World {
	readonly env: Environment;
	readonly profile: Profile;
	/** Those of this region. */
	readonly branches: readonly Branch[];
	/** Name of the region, empty for the first: part of the names of what its branches share. */
	readonly region: string;
	/** How many branches the whole bank has. */
	readonly bankBranches: number;
	/** Emits an event at the present tick; `source` defaults to the head office. */
	emit<N extends EventName>(name: N, data: EventData<N>, source?: string): void;
	/** Writes down what truly happens at the present tick, where no part of the bank can read it. */
	truth(name: string, data: object): void;
	/** The stream of one entity for one purpose. */
	stream(entity: string, purpose: string): Stream;
	/** The next number of a kind, such as the visits of one branch. */
	nextId(prefix: string): string;
	readonly windows: Windows;
	readonly phone: PhoneBank;
	readonly approvals: Approvals;
	readonly centre: Centre;
	readonly stock: Stock;
	readonly devices: Devices;
	readonly sites: Sites;
	/** When a shared device last reported: the pattern rule's memory. */
	readonly deviceReports: Map<string, number>;
}

/** A whole number of ms, at least 1. */
export function span(stream: Stream, spread: Spread, factor = 1): number {
	return Math.max(1, Math.round(lognormal(stream, spread.mean * factor, spread.cv)));
}
