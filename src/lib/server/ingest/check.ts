import type { DomainEvent } from '../../domain/events/event.ts';
import { parseTime } from '../../domain/events/rfc3339.ts';
import { refuse, type Refusal, validateEvent } from '../../domain/events/validate.ts';
import { MINUTE, type Millis } from '../../domain/time.ts';
import type { LogEntry } from '../log/port.ts';

/** Clocks of the bank's systems may run ahead of ours by this much. */
export const CLOCK_SKEW = 5 * MINUTE;
/** Files of history reach further back than what is sent by the bank's systems. */
export const HISTORY = 0;
const OLDEST = Date.UTC(1990, 0, 1);

export type Checked = { ok: true; event: DomainEvent } | Refusal;

/** Schema first, then time. `now` is the lane's now, or null where the lane has none to compare with; files of history pass an earlier `oldest`. */
export function checkEvent(value: unknown, now: Millis | null, oldest = OLDEST): Checked {
	const checked = validateEvent(value);
	if (!checked.ok) return checked;
	const at = parseTime(checked.event.time);
	return checkTime(at, now, oldest) ?? checked;
}

/** What is wrong with the time of an event, or null. */
export function checkTime(at: Millis, now: Millis | null, oldest: Millis): Refusal | null {
	if (at < oldest) {
		const day = new Date(oldest).toISOString().slice(0, 10);
		return refuse('time-too-old', '/time', { en: `expected a time after ${day}`, zh: `时间应晚于 ${day}` });
	}
	if (now !== null && at > now + CLOCK_SKEW)
		return refuse('time-in-future', '/time', {
			en: 'expected a time no more than 5 minutes ahead of the clock of the lane',
			zh: '时间最多可比泳道时钟快 5 分钟'
		});
	return null;
}

/** An event as it will be stored, and its time. */
export interface Drafted extends LogEntry {
	at: Millis;
	/** The line of its file, where it is of one. */
	fileLine?: number;
}

/** The entry to append. The line is the event as it came, unknown attributes included; its own text where that may be stored. */
export function entryOf(event: DomainEvent, line = JSON.stringify(event)): LogEntry {
	const caseId = (event.data as { caseId?: unknown }).caseId;
	const key = event.subject ?? (typeof caseId === 'string' ? `case/${caseId}` : (event.partitionkey ?? event.source));
	return { source: event.source, id: event.id, key, line };
}
