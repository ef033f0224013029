import type { DomainEvent } from '../../domain/events/event.ts';
import { parseTime } from '../../domain/events/rfc3339.ts';
import { validateEvent } from '../../domain/events/validate.ts';
import { MINUTE, type Millis } from '../../domain/time.ts';
import type { LogEntry } from '../log/port.ts';

/** Clocks of the bank's systems may run ahead of ours by this much. */
export const CLOCK_SKEW = 5 * MINUTE;
const OLDEST = Date.UTC(1990, 0, 1);

export type Checked = { ok: true; event: DomainEvent } | { ok: false; code: string; pointer: string; detail: string };

/** Schema first, then time. `now` is the lane's now, or null where the lane has none to compare with; files of history pass an earlier `oldest`. */
export function checkEvent(value: unknown, now: Millis | null, oldest = OLDEST): Checked {
	const checked = validateEvent(value);
	if (!checked.ok) return checked;
	const at = parseTime(checked.event.time);
	if (at < oldest)
		return timeProblem('time-too-old', `expected a time after ${new Date(oldest).toISOString().slice(0, 10)}`);
	if (now !== null && at > now + CLOCK_SKEW)
		return timeProblem('time-in-future', 'expected a time no more than 5 minutes ahead of the clock of the lane');
	return checked;
}

const timeProblem = (code: string, detail: string): Checked => ({ ok: false, code, pointer: '/time', detail });

/** The entry to append. The line is the event as it came, unknown attributes included. */
export function entryOf(event: DomainEvent): LogEntry {
	const caseId = (event.data as { caseId?: unknown }).caseId;
	const key = event.subject ?? (typeof caseId === 'string' ? `case/${caseId}` : (event.partitionkey ?? event.source));
	return { source: event.source, id: event.id, key, line: JSON.stringify(event) };
}
