import { nameOf } from '../../../domain/events/catalogue.ts';
import type { DomainEvent } from '../../../domain/events/event.ts';
import { findPan, hasPan } from '../../../domain/events/pan.ts';
import { parseTime } from '../../../domain/events/rfc3339.ts';
import { validateEvent } from '../../../domain/events/validate.ts';
import { isStage } from '../../../domain/stage.ts';
import { type Millis, MINUTE } from '../../../domain/time.ts';
import type { Binding } from '../mapping/binding.ts';
import { type Drafted, entryOf } from '../../ingest/check.ts';
import type { Cell, Row } from '../read/table.ts';
import { isoWriter } from './iso-writer.ts';

/** A row that became an event, with what ordering and counting need. */
export interface Draft extends Drafted {
	caseId: string | null;
	activity: string;
}

export interface Refusal {
	code: string;
	detail: string;
}

export const LONGEST = 80;
export const LONGEST_BRANCH = 40;
const AHEAD = 5 * MINUTE;
const PLAIN = /^[ !#-[\]-~\u00a0-\ud7ff]*$/;

function text(cell: Cell): string {
	return cell === null ? '' : typeof cell === 'string' ? cell : String(cell);
}

/** A text in JSON. */
function quoted(text: string): string {
	return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

function field(name: string, cell: Cell): string {
	const value = text(cell);
	return value === '' ? '' : name + quoted(value);
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
	readonly #head: string;
	readonly #final: ReadonlySet<string>;
	readonly #iso = isoWriter();
	/** `activity` and what the mapping says of its stage, as JSON. */
	readonly #known = new Map<string, { activity: string; json: string; staged: string }>();

	/** `now` bounds the future; `prefix` and `source` make the events' identity. */
	constructor(binding: Binding, options: { now: Millis; prefix: string; source: string }) {
		const { mapping } = binding;
		this.#binding = binding;
		this.#latest = options.now + AHEAD;
		this.#prefix = options.prefix;
		this.#source = options.source;
		this.#head = `","source":${quoted(options.source)},"type":"com.hotcard.process.step.v1","time":`;
		const marked = Object.entries(mapping.activities ?? {}).filter(([, about]) => about.final === true);
		this.#final = new Set([...(mapping.final ?? []), ...marked.map(([activity]) => activity)]);
	}

	/** The stage an activity is mapped to, or undefined. */
	stageOf(activity: string): string | undefined {
		const { activities, stages } = this.#binding.mapping;
		const about = activities && Object.hasOwn(activities, activity) ? activities[activity]?.stage : undefined;
		return about ?? (stages && Object.hasOwn(stages, activity) ? stages[activity] : undefined);
	}

	/** What `PlainDrafting` writes events with, so that they are the same. */
	shape() {
		return {
			source: this.#source,
			start: `{"specversion":"1.0","id":"`,
			prefix: `${this.#prefix}-r`,
			head: this.#head,
			iso: this.#iso,
			timely: (at: Millis): boolean => this.#timely(at) === null,
			about: (activity: string) => this.#about(activity),
			final: (activity: string): boolean => this.#final.has(activity)
		};
	}

	draft(row: Row): Draft | Refusal {
		if (row.problem) return row.problem;
		if (row.event) return this.#ready(row.event);
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
		const id = this.#idOf(row);
		const line = this.#line(row, id, `"${this.#iso(at)}"`, caseId, activity);
		return { at, source: this.#source, id, key: caseId, line, caseId, activity: this.#about(activity).activity };
	}

	#idOf(row: Row): string {
		return `${this.#prefix}-r${row.number}`;
	}

	#timely(at: Millis): Refusal | null {
		if (at < 0) return refuse('time-ancient', 'the time lies before 1970');
		return at > this.#latest ? refuse('time-future', 'the time lies more than 5 minutes ahead') : null;
	}

	#short(row: Row, caseId: string, activity: string): Refusal | null {
		if (caseId.length > LONGEST) return refuse('too-long', `the case is longer than ${LONGEST} characters`);
		if (activity.length > LONGEST) return refuse('too-long', `the activity is longer than ${LONGEST} characters`);
		for (const role of ['lifecycle', 'resource', 'branch', 'channel', 'tier', 'stage'] as const) {
			const longest = role === 'branch' ? LONGEST_BRANCH : LONGEST;
			const cell = text(this.#binding.cell(row, role));
			if (cell.length > longest) return refuse('too-long', `the ${role} is longer than ${longest} characters`);
		}
		return null;
	}

	#ready(event: DomainEvent): Draft | Refusal {
		const checked = validateEvent(event);
		if (!checked.ok) return refuse(checked.code, `${checked.pointer}: ${checked.detail}`);
		if (findPan(event) !== undefined) return refuse('pan-detected', 'a field holds what looks like a full card number');
		const at = parseTime(event.time);
		const wrong = this.#timely(at);
		if (wrong) return wrong;
		const data = event.data as { caseId?: string; activity?: string };
		const activity = data.activity ?? nameOf(event.type) ?? event.type;
		return { at, ...entryOf(event), caseId: data.caseId ?? null, activity };
	}

	/** What would have become of a refused row, with its cells as they are. */
	mendable(row: Row): unknown {
		const cell = (role: 'time' | 'case' | 'activity'): string => text(this.#binding.cell(row, role));
		return JSON.parse(this.#line(row, this.#idOf(row), quoted(cell('time')), cell('case'), cell('activity')));
	}

	#about(activity: string): { activity: string; json: string; staged: string } {
		let about = this.#known.get(activity);
		if (about === undefined) {
			const stage = this.stageOf(activity);
			const json = quoted(activity);
			about = { activity, json, staged: stage === undefined ? '' : `,"stage":"${stage}"` };
			this.#known.set(activity, about);
		}
		return about;
	}

	/** The event of a row as it is stored. Written piece by piece: an object for each row, only to be turned into text, costs three times as much. */
	#line(row: Row, id: string, time: string, caseId: string, activity: string): string {
		const binding = this.#binding;
		const about = this.#about(activity);
		const stage = text(binding.cell(row, 'stage'));
		let data = `"caseId":${quoted(caseId)},"activity":${about.json}`;
		data += isStage(stage) ? `,"stage":"${stage}"` : about.staged;
		data += field(',"lifecycle":', binding.cell(row, 'lifecycle'));
		data += field(',"resource":', binding.cell(row, 'resource'));
		data += field(',"branchId":', binding.cell(row, 'branch'));
		data += field(',"channel":', binding.cell(row, 'channel'));
		data += field(',"tier":', binding.cell(row, 'tier'));
		if (this.#final.has(activity)) data += ',"final":true';
		const attributes = binding.attributes(row);
		if (attributes) data += `,"attributes":${JSON.stringify(attributes)}`;
		return `{"specversion":"1.0","id":"${id}${this.#head}${time},"data":{${data}}}`;
	}
}
