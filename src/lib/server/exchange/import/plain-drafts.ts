import type { Binding, Role } from '../mapping/binding.ts';
import type { PlainLines } from '../read/plain.ts';
import { rowOf } from '../read/csv-parser.ts';
import type { Row } from '../read/table.ts';
import { STEP_LENGTHS } from '../../../domain/events/vocabulary.ts';
import type { Drafting } from './drafts.ts';
import type { TimeReading } from '../timestamps.ts';
import type { Waiting } from './waiting.ts';

const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const DASH = 45;
const BACKSLASH = 92;
/** Digits from which on somebody else must look whether they are a card number. */
const CARD_DIGITS = 12;
const FIELDS = ['lifecycle', 'resource', 'branch', 'channel', 'tier'] as const;
const NAMES = { lifecycle: 'lifecycle', resource: 'resource', branch: 'branchId', channel: 'channel', tier: 'tier' };

type Shape = ReturnType<Drafting['shape']>;
type Piece = { before: Buffer; index: number };

const INTEGER = /^\d+$/;
const DATA = Buffer.from('","data":{"caseId":"');

/**
 * Writes the events of plain lines byte by byte, without a text for each field: a tenth of the time. A row that has anything
 * to it (a sign beyond ASCII, a full card number perhaps, a field missing or too long) goes the way of all other rows.
 */
export class PlainDrafting {
	readonly #time: TimeReading;
	readonly #roles: Readonly<Record<Role, number>>;
	readonly #shape: Shape;
	readonly #other: (row: Row) => void;
	readonly #start: Buffer;
	readonly #head: Buffer;
	readonly #fields: Piece[] = [];
	readonly #attributes: Piece[] = [];
	readonly #activities = new Map<string, { text: string; before: Buffer; after: Buffer }>();
	/** Names of attributes may go beyond ASCII where the rows do not. */
	readonly #ascii: boolean;
	readonly #begins: number[] = [];
	readonly #ends: number[] = [];

	/** `other` takes the rows that are not so plain; undefined where the mapping asks for more than is written here. */
	static of(binding: Binding, drafting: Drafting, other: (row: Row) => void): PlainDrafting | undefined {
		const { roles, attributes } = binding.places();
		const names = attributes.map(({ name }) => name);
		// An object puts names that are numbers first, holds each once and takes one for its prototype: leave those to an object.
		const odd = names.some((name) => INTEGER.test(name) || name === '__proto__') || new Set(names).size < names.length;
		return roles.stage >= 0 || odd ? undefined : new PlainDrafting(binding, drafting, other);
	}

	private constructor(binding: Binding, drafting: Drafting, other: (row: Row) => void) {
		this.#time = binding.time;
		this.#shape = drafting.shape();
		this.#other = other;
		this.#start = Buffer.from(this.#shape.start);
		this.#head = Buffer.from(`${this.#shape.head}"`);
		const { roles, attributes } = binding.places();
		this.#roles = roles;
		for (const role of FIELDS) {
			if (roles[role] < 0) continue;
			this.#fields.push({ before: Buffer.from(`,"${NAMES[role]}":"`), index: roles[role] });
		}
		for (const { name, index } of attributes) {
			this.#attributes.push({ before: Buffer.from(`${JSON.stringify(name)}:"`), index });
		}
		this.#ascii = this.#attributes.every(({ before }) => before.every((byte) => byte < 0x80));
	}

	/** Puts the rows of the lines into `waiting`. */
	take(lines: PlainLines, waiting: Waiting): void {
		const { bytes, delimiter, width } = lines;
		const begins = this.#begins;
		const ends = this.#ends;
		const sign = String.fromCharCode(delimiter);
		let { line, number } = lines;
		let at = 0;
		while (at < bytes.length) {
			const begin = at;
			let cell = begin;
			let columns = 0;
			let digits = 0;
			let plain = true;
			let byte = bytes[at]!;
			for (; byte !== NEWLINE; byte = bytes[++at]!) {
				if (byte === delimiter) {
					begins[columns] = cell;
					ends[columns++] = at;
					cell = at + 1;
					digits = 0;
				} else if (byte >= 48 && byte <= 57) {
					if (++digits === CARD_DIGITS) plain = false;
				} else if (byte !== SPACE && byte !== DASH) {
					digits = 0;
					if (byte < SPACE || byte > 126 || byte === QUOTE || byte === BACKSLASH) {
						if (byte !== RETURN || bytes[at + 1] !== NEWLINE) plain = false;
					}
				}
			}
			let end = at++;
			if (end > begin && bytes[end - 1] === RETURN) end--;
			if (end > begin) {
				begins[columns] = cell;
				ends[columns++] = end;
				if (!plain || columns !== width || !this.#write(bytes, line, number, waiting)) {
					const cells = bytes.toString('utf8', begin, end).split(sign);
					this.#other(rowOf(line, number, cells, width, true));
				}
				number++;
			}
			line++;
		}
		lines.done(line - lines.line, number - lines.number);
	}

	/** Writes one row; false where somebody else must look at it, and then nothing was written. */
	#write(bytes: Buffer, fileLine: number, number: number, waiting: Waiting): boolean {
		const roles = this.#roles;
		const begins = this.#begins;
		const ends = this.#ends;
		const caseBegin = begins[roles.case]!;
		const caseEnd = ends[roles.case]!;
		const caseLength = caseEnd - caseBegin;
		const timeBegin = begins[roles.time]!;
		const timeEnd = ends[roles.time]!;
		const activityBegin = begins[roles.activity]!;
		const activityLength = ends[roles.activity]! - activityBegin;
		if (caseLength === 0 || caseLength > STEP_LENGTHS.case || timeEnd === timeBegin) return false;
		if (activityLength === 0 || activityLength > STEP_LENGTHS.activity) return false;
		for (const { index } of this.#fields) if (ends[index]! - begins[index]! > STEP_LENGTHS.role) return false;
		const moment = this.#time.read(bytes.toString('latin1', timeBegin, timeEnd));
		// A time that is none was not counted among those without an offset; the other ways out are far from any real log.
		if (moment !== moment) return false;
		const { prefix, source } = this.#shape;
		if (!this.#shape.timely(moment)) return (this.#time.forget(), false);
		const activity = this.#activity(bytes.toString('latin1', activityBegin, activityBegin + activityLength));
		const id = prefix + number;
		let room =
			2 * id.length + this.#start.length + this.#head.length + activity.before.length + activity.after.length + 200;
		for (const { before, index } of this.#fields) room += before.length + ends[index]! - begins[index]! + 1;
		for (const { before, index } of this.#attributes) room += before.length + ends[index]! - begins[index]! + 2;
		waiting.room(room + caseLength);
		const out = waiting.buffer;
		let to = waiting.end;
		to = ascii(out, to, id);
		to = copy(out, to, this.#start);
		to = ascii(out, to, id);
		to = copy(out, to, this.#head);
		to = ascii(out, to, this.#shape.iso(moment));
		to = copy(out, to, DATA);
		to = part(out, to, bytes, caseBegin, caseEnd);
		to = copy(out, to, activity.before);
		for (const { before, index } of this.#fields) {
			if (ends[index] === begins[index]) continue;
			to = copy(out, to, before);
			to = part(out, to, bytes, begins[index]!, ends[index]!);
			out[to++] = QUOTE;
		}
		to = copy(out, to, activity.after);
		let some = false;
		for (const { before, index } of this.#attributes) {
			if (ends[index] === begins[index]) continue;
			to = ascii(out, to, some ? ',' : ',"attributes":{');
			some = true;
			to = copy(out, to, before);
			to = part(out, to, bytes, begins[index]!, ends[index]!);
			out[to++] = QUOTE;
		}
		to = ascii(out, to, some ? '}}}' : '}}');
		const caseId = bytes.toString('latin1', caseBegin, caseEnd);
		const { text } = activity;
		waiting.keep({ at: moment, source, fileLine, caseId, activity: text, idLength: id.length, ascii: this.#ascii }, to);
		return true;
	}

	#activity(text: string): { text: string; before: Buffer; after: Buffer } {
		let known = this.#activities.get(text);
		if (known === undefined) {
			const { json, staged } = this.#shape.about(text);
			const before = Buffer.from(`","activity":${json}${staged}`);
			const after = Buffer.from(this.#shape.final(text) ? ',"final":true' : '');
			this.#activities.set(text, (known = { text, before, after }));
		}
		return known;
	}
}

function copy(out: Buffer, to: number, from: Uint8Array): number {
	out.set(from, to);
	return to + from.length;
}

function part(out: Buffer, to: number, from: Uint8Array, begin: number, end: number): number {
	for (let i = begin; i < end; i++) out[to++] = from[i]!;
	return to;
}

function ascii(out: Buffer, to: number, text: string): number {
	for (let i = 0; i < text.length; i++) out[to + i] = text.charCodeAt(i);
	return to + text.length;
}
