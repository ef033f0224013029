import type { Lane } from '../lane.ts';
import type { Millis } from '../time.ts';
import type { EventData, EventName, EventType } from './catalogue.ts';

/** A CloudEvent of ours, as it travels and as it is stored: `data` keeps the camelCase of the wire. */
export interface DomainEvent<N extends EventName = EventName> {
	specversion: '1.0';
	id: string;
	source: string;
	type: EventType<N>;
	/** RFC 3339 with offset: when it happened in its world. */
	time: string;
	subject?: string;
	datacontenttype?: string;
	dataschema?: string;
	partitionkey?: string;
	sequence?: string;
	traceparent?: string;
	simrun?: string;
	data: EventData<N>;
}

/** What of an event changes the state of things: neither its id nor who told it does. */
export type Happening<N extends EventName = EventName> = Pick<DomainEvent<N>, 'type' | 'time' | 'data'>;

/** A happening with its place in the log. */
export interface RecordedEvent<N extends EventName = EventName> {
	offset: number;
	lane: Lane;
	recordedAt: Millis;
	event: Happening<N>;
}
