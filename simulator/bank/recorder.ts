import type { EventData, EventName } from '../../src/lib/domain/events/catalogue.ts';
import type { Millis } from '../../src/lib/domain/time.ts';

/** Something that a bank says: what happened, when, and who tells it. */
export interface Told {
	readonly at: Millis;
	readonly name: EventName;
	readonly data: EventData;
	readonly source: string;
}

/**
 * Whoever writes down what a bank says. Some of it is told ahead of its time, never after it; an envelope is made only
 * where one is wanted.
 */
export interface Recorder {
	event(at: Millis, name: EventName, data: EventData, source: string): void;
	/** What truly happened and no part of the bank may know: a report that was fraud, a fault that was active. */
	truth(at: Millis, name: string, data: object): void;
}
