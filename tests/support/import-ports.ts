import { findPan } from '../../src/lib/domain/events/pan.ts';
import type { DomainEvent } from '../../src/lib/domain/events/event.ts';
import { validateEvent } from '../../src/lib/domain/events/validate.ts';
import type { Lane } from '../../src/lib/domain/lane.ts';
import type { ImportPorts, RefusedRow } from '../../src/lib/server/exchange/imports.ts';

export const NOW = Date.UTC(2026, 10, 22, 12);

/** A way in that keeps events in an array, refuses what breaks the schema and drops duplicates. */
export function memoryPorts(): ImportPorts & { events: { lane: Lane; event: DomainEvent }[]; refused: RefusedRow[] } {
	const events: { lane: Lane; event: DomainEvent }[] = [];
	const refused: RefusedRow[] = [];
	const seen = new Set<string>();
	return {
		events,
		refused,
		timeZone: 'Asia/Shanghai',
		clock: {
			now: () => NOW,
			after(_, callback) {
				queueMicrotask(callback);
				return () => undefined;
			}
		},
		refuse: (rows) => void refused.push(...rows),
		async submit(lane, batch) {
			let duplicates = 0;
			const rejected = [];
			for (const [index, event] of batch.entries()) {
				const checked = validateEvent(event);
				const key = JSON.stringify([lane, event.source, event.id]);
				if (!checked.ok) rejected.push({ index, id: event.id, code: checked.code, detail: checked.detail });
				else if (findPan(event) !== undefined) rejected.push({ index, id: event.id, code: 'pan-detected', detail: '' });
				else if (seen.has(key)) duplicates++;
				else {
					seen.add(key);
					events.push({ lane, event });
				}
			}
			const accepted = batch.length - duplicates - rejected.length;
			return { status: rejected.length > 0 ? 207 : 202, accepted, duplicates, rejected };
		}
	};
}
