import type { EventData, EventName } from '../../src/lib/domain/events/catalogue.ts';
import type { FaultBoard } from '../faults/board.ts';
import type { Environment } from '../kernel/environment.ts';
import { lognormal } from '../random/continuous.ts';
import type { Stream } from '../random/stream.ts';
import type { Appointments } from './appointments.ts';
import type { Approvals } from './approval.ts';
import type { Copies } from './copies.ts';
import type { Centre } from './production.ts';
import type { Days } from './days.ts';
import type { DeviceReport } from './device-history.ts';
import type { Devices } from './devices.ts';
import type { Kiosks } from './kiosks.ts';
import type { Line } from './line.ts';
import type { Branch } from './network.ts';
import type { Paper } from './paper.ts';
import type { PhoneBank } from './phone.ts';
import type { Profile, Spread } from './profile.ts';
import type { RiskRules } from './rules.ts';
import type { Sites } from './sites.ts';
import type { Stock } from './stock.ts';
import type { Transfers } from './transfers.ts';
import type { VideoDesk } from './video.ts';
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
	/** Until then nothing changes by itself or on purpose that a case meets on its own way; -Infinity where that is not known. */
	readonly steadyUntil: number;
	/** Emits an event, at the present tick unless told; `source` defaults to the head office. */
	emit<N extends EventName>(name: N, data: EventData<N>, source?: string, at?: number): void;
	/** Writes down what truly happens at the present tick, where no part of the bank can read it. */
	truth(name: string, data: object): void;
	/** The stream of one entity for one purpose. */
	stream(entity: string, purpose: string): Stream;
	/** The next number of a kind, such as the visits of one branch. */
	nextId(prefix: string): string;
	readonly days: Days;
	/** Every line in which somebody may wait. */
	readonly lines: Line[];
	readonly windows: Windows;
	readonly kiosks: Kiosks;
	readonly appointments: Appointments;
	readonly phone: PhoneBank;
	readonly video: VideoDesk;
	readonly rules: RiskRules;
	readonly approvals: Approvals;
	readonly centre: Centre;
	readonly stock: Stock;
	readonly transfers: Transfers;
	readonly devices: Devices;
	readonly sites: Sites;
	readonly copies: Copies;
	readonly paper: Paper;
	/** What is impaired now. */
	readonly faults: FaultBoard;
	/** One more report beside those that come anyway; a false one where a device is given. Nothing that is told gives it away. */
	report(branch: Branch, falselyFrom?: string): void;
	/** How many reports a branch has an hour at this time of this day without any fault: the mean of a Poisson number. */
	usualReports(branch: Branch): number;
	/** What devices of several customers reported of late: the pattern rule's memory. */
	readonly deviceReports: Map<string, DeviceReport[]>;
}

/** A whole number of ms, at least 1. */
export function span(stream: Stream, spread: Spread, factor = 1): number {
	return Math.max(1, Math.round(lognormal(stream, spread.mean * factor, spread.cv)));
}
