import type { EventName } from '../../../domain/events/catalogue.ts';
import { nameOf } from '../../../domain/events/catalogue.ts';
import type { DomainEvent } from '../../../domain/events/event.ts';
import { findPan, hasPan } from '../../../domain/events/pan.ts';
import { parseTime } from '../../../domain/events/rfc3339.ts';
import { validateEvent } from '../../../domain/events/validate.ts';
import { isStage } from '../../../domain/stage.ts';
import { type Millis, MINUTE } from '../../../domain/time.ts';
import type { Binding } from '../mapping/binding.ts';
import type { Cell, Row } from '../read/table.ts';

/** A row that can become an event: what ordering and counting need, the rest is built when its batch goes out. */
export interface Draft {
	at: Millis;
	caseId: string | null;
	activity: string;
	row: Row;
}

export interface Refusal {
	code: string;
	detail: string;
}

const LONGEST = 80;
const AHEAD = 5 * MINUTE;

function text(cell: Cell): string {
	return cell === null ? '' : typeof cell === 'string' ? cell : String(cell);
}

function refuse(code: string, detail: string): Refusal {
	return { code, detail };
}

/** Turns rows into drafts and drafts into events. */
export class Drafting {
	readonly #binding: Binding;
	readonly #latest: Millis;
	readonly #prefix: string;
	readonly #source: string;
	readonly #final: ReadonlySet<string>;

	/** `now` bounds the future; `prefix` and `source` make the events' identity. */
	constructor(binding: Binding, options: { now: Millis; prefix: string; source: string }) {
		const { mapping } = binding;
		this.#binding = binding;
		this.#latest = options.now + AHEAD;
		this.#prefix = options.prefix;
		this.#source = options.source;
		const marked = Object.entries(mapping.activities ?? {}).filter(([, about]) => about.final === true);
		this.#final = new Set([...(mapping.final ?? []), ...marked.map(([activity]) => activity)]);
	}

	/** The stage an activity is mapped to, or undefined. */
	stageOf(activity: string): string | undefined {
		const { activities, stages } = this.#binding.mapping;
		const about = activities && Object.hasOwn(activities, activity) ? activities[activity]?.stage : undefined;
		return about ?? (stages && Object.hasOwn(stages, activity) ? stages[activity] : undefined);
	}

	draft(row: Row): Draft | Refusal {
		if (row.problem) return row.problem;
		if (row.event) return this.#ready(row, row.event);
		const binding = this.#binding;
		const caseId = text(binding.cell(row, 'case'));
		if (caseId === '') return refuse('case-missing', 'the case is empty');
		const activity = text(binding.cell(row, 'activity'));
		if (activity === '') return refuse('activity-missing', 'the activity is empty');
		const moment = binding.cell(row, 'time');
		if (moment === null || moment === '') return refuse('time-missing', 'the time is empty');
		const at = typeof moment === 'boolean' ? NaN : binding.time.read(moment);
		if (at !== at)
			return refuse('time-unreadable', `"${String(moment).slice(0, 60)}" is not a time that the mapping describes`);
		const wrong = this.#timely(at) ?? this.#short(row, caseId, activity);
		if (wrong) return wrong;
		for (const cell of row.cells) {
			if (
				typeof cell === 'string' ? hasPan(cell) : typeof cell === 'number' && cell > 1e11 && findPan(cell) !== undefined
			) {
				return refuse('pan-detected', 'a field holds what looks like a full card number');
			}
		}
		return { at, caseId, activity, row };
	}

	#timely(at: Millis): Refusal | null {
		if (at < 0) return refuse('time-ancient', 'the time lies before 1970');
		return at > this.#latest ? refuse('time-future', 'the time lies more than 5 minutes ahead') : null;
	}

	#short(row: Row, caseId: string, activity: string): Refusal | null {
		if (caseId.length > LONGEST) return refuse('too-long', `the case is longer than ${LONGEST} characters`);
		if (activity.length > LONGEST) return refuse('too-long', `the activity is longer than ${LONGEST} characters`);
		for (const role of ['lifecycle', 'resource', 'branch', 'channel', 'tier', 'stage'] as const) {
			const longest = role === 'branch' ? 40 : LONGEST;
			const cell = text(this.#binding.cell(row, role));
			if (cell.length > longest) return refuse('too-long', `the ${role} is longer than ${longest} characters`);
		}
		return null;
	}

	#ready(row: Row, event: DomainEvent): Draft | Refusal {
		const checked = validateEvent(event);
		if (!checked.ok) return refuse(checked.code, `${checked.pointer}: ${checked.detail}`);
		if (findPan(event) !== undefined) return refuse('pan-detected', 'a field holds what looks like a full card number');
		const at = parseTime(event.time);
		const wrong = this.#timely(at);
		if (wrong) return wrong;
		const data = event.data as { caseId?: string; activity?: string };
		const activity = data.activity ?? nameOf(event.type) ?? event.type;
		return { at, caseId: data.caseId ?? null, activity, row };
	}

	/** The event of a draft. */
	event({ at, caseId, activity, row }: Draft): DomainEvent {
		if (row.event) return row.event;
		return this.#step(row, new Date(at).toISOString(), caseId ?? '', activity) as unknown as DomainEvent<EventName>;
	}

	/** What would have become of a refused row, with its cells as they are. */
	mendable(row: Row): Record<string, unknown> {
		const cell = (role: 'time' | 'case' | 'activity'): string => text(this.#binding.cell(row, role));
		return this.#step(row, cell('time'), cell('case'), cell('activity'));
	}

	#step(row: Row, time: string, caseId: string, activity: string): Record<string, unknown> {
		const binding = this.#binding;
		const data: Record<string, unknown> = { caseId, activity };
		const own = text(binding.cell(row, 'stage'));
		const stage = isStage(own) ? own : this.stageOf(activity);
		if (stage !== undefined) data['stage'] = stage;
		const put = (name: string, cell: Cell): void => {
			const value = text(cell);
			if (value !== '') data[name] = value;
		};
		put('lifecycle', binding.cell(row, 'lifecycle'));
		put('resource', binding.cell(row, 'resource'));
		put('branchId', binding.cell(row, 'branch'));
		put('channel', binding.cell(row, 'channel'));
		put('tier', binding.cell(row, 'tier'));
		if (this.#final.has(activity)) data['final'] = true;
		const attributes = binding.attributes(row);
		if (attributes) data['attributes'] = attributes;
		const id = `${this.#prefix}-r${row.number}`;
		return { specversion: '1.0', id, source: this.#source, type: 'com.hotcard.process.step.v1', time, data };
	}
}
