import type { DomainEvent } from '../../src/lib/domain/events/event.ts';
import type { Lane } from '../../src/lib/domain/lane.ts';
import type { IngestRequest } from '../../src/lib/server/application.ts';
import type { IngestDoor, IngestOptions } from '../../src/lib/server/ingest/door.ts';
import { createIngest } from '../../src/lib/server/ingest/ingest.ts';
import { memoryQuarantine, type Quarantine } from '../../src/lib/server/ingest/quarantine.ts';
import { memoryLog } from '../../src/lib/server/log/memory.ts';
import type { EventLog } from '../../src/lib/server/log/port.ts';

export const NOW = Date.parse('2026-11-22T02:00:00Z');

export const stillClock = () => ({ now: () => NOW, after: () => () => {} });

/** A full card number, put together here so that none stands in the source. */
export const cardNumber = (): string => ['4111', '1111', '1111', '1111'].join('');

export function event(id: string, more: Record<string, unknown> = {}): DomainEvent {
	return {
		specversion: '1.0',
		id,
		source: '/bank/a',
		type: 'com.hotcard.case.freeze_completed.v1',
		time: '2026-11-22T10:00:00+08:00',
		data: { caseId: 'C-1' },
		...more
	} as DomainEvent;
}

export interface TestDoor {
	door: IngestDoor;
	log: EventLog;
	quarantine: Quarantine;
	/** Sends a body (text, or a value as JSON) and answers what the door says. */
	send(body: unknown, contentType?: string, more?: Partial<IngestRequest>): ReturnType<IngestDoor['accept']>;
	stored(lane?: Lane): Promise<Record<string, unknown>[]>;
}

/** A door in front of a log and a quarantine in memory. */
export function testDoor(options: Partial<IngestOptions> = {}): TestDoor {
	const clock = options.clock ?? stillClock();
	const log = options.log ?? memoryLog(clock);
	const quarantine = options.quarantine ?? memoryQuarantine();
	const door = createIngest({ ...options, log, clock, quarantine });
	return {
		door,
		log,
		quarantine,
		send(body, contentType = 'application/cloudevents-batch+json', more = {}) {
			const bytes =
				body instanceof Uint8Array
					? body
					: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
			return door.accept({ lane: 'live', contentType, headers: {}, body: bytes, origin: 'http', ...more });
		},
		async stored(lane) {
			const events: Record<string, unknown>[] = [];
			for await (const batch of log.read(0, lane === undefined ? {} : { lane }))
				for (const line of new TextDecoder().decode(batch.lines).trimEnd().split('\n'))
					events.push(JSON.parse(line) as Record<string, unknown>);
			return events;
		}
	};
}
