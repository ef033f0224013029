import type { EventData, EventName } from '../../src/lib/domain/events/catalogue.ts';
import type { Millis } from '../../src/lib/domain/time.ts';

/**
 * Whoever writes down what a bank says. Events come in the order of time, each with its data and who tells it; an
 * envelope is made only where one is wanted.
 */
export interface Recorder {
	event(at: Millis, name: EventName, data: EventData, source: string): void;
	/** What truly happened and no part of the bank may know: a report that was fraud, a fault that was active. */
	truth(at: Millis, name: string, data: object): void;
}
