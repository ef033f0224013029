import { nameOf } from '../../../domain/events/catalogue.ts';
import type { DomainEvent } from '../../../domain/events/event.ts';
import { findPan, hasPan, maskPans } from '../../../domain/events/pan.ts';
import { STEP_LENGTHS } from '../../../domain/events/vocabulary.ts';
import { parseTime } from '../../../domain/events/rfc3339.ts';
import { validateEvent } from '../../../domain/events/validate.ts';
import { isStage } from '../../../domain/stage.ts';
import { type Millis, MINUTE } from '../../../domain/time.ts';
import type { Binding } from '../mapping/binding.ts';
import { type Drafted, entryOf } from '../../ingest/check.ts';
import type { Cell, Problem, Row } from '../read/table.ts';
import { isoWriter } from './iso-writer.ts';

/** A row that became an event, with what ordering and counting need. */
export interface Draft extends Drafted {
	fileLine: number;
	caseId: string | null;
	activity: string;
}

const FIELDS = [
	['lifecycle', ',"lifecycle":'],
	['resource', ',"resource":'],
	['branch', ',"branchId":'],
	['channel', ',"channel":'],
	['tier', ',"tier":']
] as const;
const AHEAD = 5 * MINUTE;
const PLAIN = /^[ !#-[\]-~\u00a0-\ud7ff]*$/;

function text(cell: Cell): string {
	return cell === null ? '' : typeof cell === 'string' ? cell : String(cell);
}

/** A text in JSON. */
function quoted(text: string): string {
	return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

function holdsPan(cell: Cell): boolean {
	if (typeof cell === 'string') return hasPan(cell);
	return typeof cell === 'number' && cell > 1e11 && findPan(cell) !== undefined;
}

function refuse(code: string, detail: string, detailZh: string): Problem {
	return { code, detail, detailZh };
}

const PAN = refuse('pan-detected', 'a field holds what looks like a full card number', '字段中疑似含有完整卡号');

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

	/** Activities that the mapping says something about. */
	named(): string[] {
		const { activities, stages, final } = this.#binding.mapping;
		return [...new Set([...Object.keys(activities ?? {}), ...Object.keys(stages ?? {}), ...(final ?? [])])];
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

	draft(row: Row): Draft | Problem {
		if (row.problem) return row.problem;
		if (row.event) return this.#ready(row.event, row.line);
		const binding = this.#binding;
		const caseId = text(binding.cell(row, 'case'));
		if (caseId === '') return refuse('case-missing', 'the case is empty', '单号为空');
		const activity = text(binding.cell(row, 'activity'));
		if (activity === '') return refuse('activity-missing', 'the activity is empty', '活动为空');
		const moment = binding.cell(row, 'time');
		if (moment === null || moment === '') return refuse('time-missing', 'the time is empty', '时间为空');
		const at = typeof moment === 'boolean' ? NaN : binding.time.read(moment);
		if (at !== at) {
			const seen = maskPans(String(moment)).slice(0, 60);
			return refuse(
				'time-unreadable',
				`"${seen}" is not a time that the mapping describes`,
				`“${seen}”不是映射所描述的时间`
			);
		}
		const wrong = this.#timely(at) ?? this.#short(caseId, activity);
		if (wrong) return wrong;
		const pan = binding.kept(row, holdsPan);
		if (pan !== undefined) {
			const name = maskPans(pan);
			return refuse(
				'pan-detected',
				`the column "${name}" holds what looks like a full card number`,
				`列“${name}”中疑似含有完整卡号`
			);
		}
		const id = this.#idOf(row);
		const line = this.#line(row, id, `"${this.#iso(at)}"`, caseId, activity);
		const known = this.#about(activity).activity;
		return { at, source: this.#source, id, key: caseId, line, fileLine: row.line, caseId, activity: known };
	}

	#idOf(row: Row): string {
		return `${this.#prefix}-r${row.number}`;
	}

	#timely(at: Millis): Problem | null {
		if (at < 0) return refuse('time-ancient', 'the time lies before 1970', '时间早于 1970 年');
		if (at <= this.#latest) return null;
		return refuse('time-future', 'the time lies more than 5 minutes ahead', '时间比现在晚 5 分钟以上');
	}

	#short(caseId: string, activity: string): Problem | null {
		const { case: ofCase, activity: ofActivity } = STEP_LENGTHS;
		if (caseId.length > ofCase)
			return refuse('too-long', `the case is longer than ${ofCase} characters`, `单号超过 ${ofCase} 个字符`);
		if (activity.length > ofActivity)
			return refuse(
				'too-long',
				`the activity is longer than ${ofActivity} characters`,
				`活动超过 ${ofActivity} 个字符`
			);
		return null;
	}

	#ready(event: DomainEvent, fileLine: number): Draft | Problem {
		const checked = validateEvent(event);
		if (!checked.ok) {
			const { code, pointer, detail, detailZh } = checked;
			return refuse(code, `${pointer}: ${detail}`, `${pointer}：${detailZh}`);
		}
		if (findPan(event) !== undefined) return PAN;
		const at = parseTime(event.time);
		const wrong = this.#timely(at);
		if (wrong) return wrong;
		const data = event.data as { caseId?: string; activity?: string };
		const activity = data.activity ?? nameOf(event.type) ?? event.type;
		return { at, ...entryOf(event), fileLine, caseId: data.caseId ?? null, activity };
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
		let attributes: Record<string, Cell> | undefined = binding.attributes(row);
		for (const [role, name] of FIELDS) {
			const value = text(binding.cell(row, role));
			if (value === '') continue;
			if (value.length <= STEP_LENGTHS.role) data += name + quoted(value);
			// Nothing a page could filter by, and no reason to lose the event.
			else attributes = { ...attributes, [binding.column(role)]: value };
		}
		if (this.#final.has(activity)) data += ',"final":true';
		if (attributes) data += `,"attributes":${JSON.stringify(attributes)}`;
		return `{"specversion":"1.0","id":"${id}${this.#head}${time},"data":{${data}}}`;
	}
}
