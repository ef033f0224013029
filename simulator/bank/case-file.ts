import type { Stream } from '../random/stream.ts';
import type { Channel } from './channels.ts';
import type { Customer } from './customer.ts';
import type { Branch } from './network.ts';
import type { Due, OwnTime } from './own-time.ts';

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
	/** When every payment channel refuses the card. */
	readonly frozen: Due;
	/** What the customer wishes for on the way, a bit each. */
	wishes: number;
	/** When it was decided whether there is to be a new card; Infinity until then. */
	decidedAt: number;
	/** The paper on which it was written down, where it was. */
	ticket: string | undefined;
	/** The case of the same loss that was reported before. */
	duplicateOf: string | undefined;
	/** How long the customer stood in line or held the phone, where they did. */
	waitedMs: number | undefined;
	/** The machine in the branch at which it was reported. */
	machine: string | undefined;
	verified: boolean;
	/** A paper was found to be forged. */
	forged: boolean;
	/** How many other customers reported from the same device not long before. */
	sameDevice: number;
	/** The second report of the same loss, where there is one; it has been reported once its `reportedAt` has come. */
	repeat: CaseFile | undefined;
	/** A check found a reason for doubt: that of the identity, and after it that of the risk. */
	doubted: boolean;
	/** Set when something went wrong that customers complain about. */
	late: boolean;
}
