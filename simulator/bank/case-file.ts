import type { Stream } from '../random/stream.ts';
import type { Channel } from './channels.ts';
import type { Customer } from './customer.ts';
import type { Branch } from './network.ts';
import type { OwnTime } from './own-time.ts';

/** What the bank knows of one case while it works on it. */
export interface CaseFile {
	readonly caseId: string;
	readonly branch: Branch;
	readonly customer: Customer;
	/** The case's own stream for one purpose. */
	readonly stream: (purpose: string) => Stream;
	channel: Channel;
	reportedAt: number;
	/** The case's own clock. */
	readonly time: OwnTime;
	/** How long the customer stood in line or held the phone, where they did. */
	waitedMs?: number;
	/** The machine in the branch at which it was reported. */
	machine?: string;
	verified?: boolean;
	/** A paper was found to be forged. */
	forged?: boolean;
	/** The risk check found a reason for doubt. */
	doubted?: boolean;
	/** Set when something went wrong that customers complain about. */
	late: boolean;
}
