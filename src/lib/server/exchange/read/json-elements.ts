const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;
const OPEN = new Set([91, 123]);
const CLOSE = new Set([93, 125]);

export interface JsonElement {
	/** The key of the document that holds the list. */
	list: string;
	/** Place in the list, from 0. */
	index: number;
	text: string;
}

/** The text is no JSON object, or ends too early. */
export class NotJson extends Error {}

/**
 * Cuts a JSON object that arrives in pieces into the elements of its own lists (`{"a": [1, {…}], …}`), without holding more than
 * one element and one piece. Elements come as text, to be parsed by who wants them. Throws `NotJson` for what is not closed.
 */
export class JsonElements {
	/** Lists that were met, in their order. */
	readonly lists: string[] = [];
	readonly #wanted: ReadonlySet<string>;
	#rest = '';
	#depth = 0;
	#inText = false;
	#escaped = false;
	#valued = false;
	#key = '';
	/** Where the key or the element under way begins; -1 where none is. */
	#begin = -1;
	#list: string | undefined;
	#index = 0;

	constructor(wanted: readonly string[]) {
		this.#wanted = new Set(wanted);
	}

	push(piece: string): JsonElement[] {
		const text = this.#rest + piece;
		const found: JsonElement[] = [];
		for (let i = this.#rest.length; i < text.length; i++) {
			const unit = text.charCodeAt(i);
			if (this.#inText) {
				if (this.#escaped) this.#escaped = false;
				else if (unit === BACKSLASH) this.#escaped = true;
				else if (unit === QUOTE) this.#endText(text, i);
			} else if (unit === QUOTE) {
				this.#inText = true;
				if (this.#begin < 0 && (this.#depth === 2 || (this.#depth === 1 && !this.#valued))) this.#begin = i;
			} else if (OPEN.has(unit)) this.#open(unit, i);
			else if (CLOSE.has(unit)) {
				this.#depth--;
				if (this.#depth === 1) this.#cut(text, i, found);
				if (this.#depth === 1) this.#list = undefined;
			} else if (unit === COMMA) {
				if (this.#depth === 2) this.#cut(text, i, found);
				else if (this.#depth === 1) this.#valued = false;
			} else if (unit === COLON) {
				if (this.#depth === 1) this.#valued = true;
			} else if (unit > 32) {
				if (this.#depth === 0 && unit !== 0xfeff) throw new NotJson('expected one JSON object');
				if (this.#depth === 2 && this.#begin < 0) this.#begin = i;
			}
		}
		const keep = this.#begin < 0 || (this.#depth >= 2 && this.#list === undefined) ? text.length : this.#begin;
		this.#rest = text.slice(keep);
		this.#begin = this.#begin < 0 || keep === text.length ? -1 : 0;
		return found;
	}

	/** To be called after the last piece. */
	end(): void {
		if (this.#depth !== 0 || this.#inText || this.#key === '') throw new NotJson('it ends in the middle');
	}

	#endText(text: string, at: number): void {
		this.#inText = false;
		if (this.#depth !== 1 || this.#valued || this.#begin < 0) return;
		this.#key = text.slice(this.#begin + 1, at);
		this.#begin = -1;
	}

	#open(unit: number, at: number): void {
		this.#depth++;
		if (this.#depth === 2) {
			this.#index = 0;
			this.#begin = -1;
			this.#list = unit === 91 && this.#wanted.has(this.#key) ? this.#key : undefined;
			if (this.#list !== undefined) this.lists.push(this.#list);
		} else if (this.#depth === 3 && this.#begin < 0) this.#begin = at;
	}

	#cut(text: string, until: number, found: JsonElement[]): void {
		if (this.#list !== undefined && this.#begin >= 0) {
			found.push({ list: this.#list, index: this.#index++, text: text.slice(this.#begin, until) });
		}
		this.#begin = -1;
	}
}
