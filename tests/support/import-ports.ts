import type { DomainEvent } from '../../src/lib/domain/events/event.ts';
import type { Lane } from '../../src/lib/domain/lane.ts';
import type { Clock } from '../../src/lib/domain/time.ts';
import type { IngestAnswer } from '../../src/lib/server/application.ts';
import type { ImportPorts } from '../../src/lib/server/exchange/imports.ts';
import { createIngest } from '../../src/lib/server/ingest/ingest.ts';
import { memoryQuarantine, type Refused } from '../../src/lib/server/ingest/quarantine.ts';
import { memoryLog } from '../../src/lib/server/log/memory.ts';
import type { EventLog } from '../../src/lib/server/log/port.ts';

export const NOW = Date.UTC(2026, 10, 22, 12);

export interface TestPorts extends ImportPorts {
	log: EventLog;
	submit(lane: Lane, events: readonly DomainEvent[], origin: string): Promise<IngestAnswer>;
	/** The events of a lane in log order. */
	events(lane?: Lane): Promise<DomainEvent[]>;
	/** Quarantined rows of a lane, in the order they came. */
	refused(lane?: Lane): Refused[];
}

/** The real door, log and quarantine, in memory, at a fixed time. */
export function memoryPorts(): TestPorts {
	const clock: Clock = {
		now: () => NOW,
		after(_, callback) {
			queueMicrotask(callback);
			return () => undefined;
		}
	};
	const log = memoryLog(clock);
	const quarantine = memoryQuarantine();
	const ingest = createIngest({ log, clock, quarantine });
	const decoder = new TextDecoder();
	return {
		log,
		clock,
		quarantine,
		timeZone: 'Asia/Shanghai',
		admit: (lane, drafts, origin) => ingest.admit(lane, drafts, origin),
		submit: (lane, events, origin) => ingest.submit(lane, events, origin),
		async events(lane = 'live') {
			const events: DomainEvent[] = [];
			for await (const { lines } of log.read(0, { lane })) {
				for (const line of decoder.decode(lines).split('\n'))
					if (line !== '') events.push(JSON.parse(line) as DomainEvent);
			}
			return events;
		},
		refused: (lane = 'live') => quarantine.list({ lane, limit: 500 }).rows.reverse()
	};
}
