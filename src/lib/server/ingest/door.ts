import type { DomainEvent } from '../../domain/events/event.ts';
import type { Lane } from '../../domain/lane.ts';
import type { Clock, Millis } from '../../domain/time.ts';
import type { Ingest, IngestAnswer } from '../application.ts';
import type { EventLog } from '../log/port.ts';
import type { Drafted } from './check.ts';
import type { Quarantine } from './quarantine.ts';

export interface IngestOptions {
	log: EventLog;
	clock: Clock;
	quarantine: Quarantine;
	limits?: Partial<IngestLimits>;
	/** The now of a synthetic lane, or null where it has none. */
	laneNow?: (lane: Lane) => Millis | null;
	/** What the events of a synthetic lane may not lie ahead of, or null; without it times there are not compared. */
	bound?: (lane: Lane) => Millis | null;
	/** Why nothing can be taken at the moment (starting, draining), or undefined. */
	unready?: () => string | undefined;
}

export interface IngestLimits {
	bytes: number;
	events: number;
	/** Bytes waiting in the log above which requests are asked to come again later. */
	pendingBytes: number;
}

/** What happened to events at the door since the start, for metrics. */
export interface IngestCounts {
	accepted: number;
	duplicates: number;
	rejected: number;
}

export interface IngestDoor extends Ingest {
	readonly counts: Readonly<IngestCounts>;
	/**
	 * The door for producers inside the process: the same checks, any number of events, no HTTP. The origin `simulator` may not
	 * write lane `live`: that throws HotcardError `forbidden`. Failures of the log are thrown as they are.
	 */
	submit(lane: Lane, events: readonly DomainEvent[], origin: string): Promise<IngestAnswer>;
	/**
	 * The door for file imports, which write the line of an event in the shape of the catalogue themselves: times and card numbers
	 * are checked here too, the schema is not. What is refused goes to the quarantine alone.
	 */
	admit(lane: Lane, drafts: readonly Drafted[], origin: string): Promise<IngestAnswer>;
}

export const SIMULATOR = 'simulator';
/** Origins of file imports begin so: old logs may reach back to 1970. */
export const IMPORT = 'import:';
