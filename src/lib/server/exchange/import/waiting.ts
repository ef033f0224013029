import type { Draft } from './drafts.ts';

/** Drafts whose text is moved out of the heap together. */
const CHUNK = 512;

/** Texts that come again and again, by number. */
class Names {
	readonly texts: string[] = [];
	readonly #numbers = new Map<string, number>();

	numberOf(text: string): number {
		let number = this.#numbers.get(text);
		if (number === undefined) this.#numbers.set(text, (number = this.texts.push(text) - 1));
		return number;
	}
}

/**
 * Drafts that wait for the end of the file, or of a window, to be sorted by time. Each is a few numbers and bytes outside the heap:
 * as objects, hundreds of thousands that live that long cost the garbage collector more than everything else costs together.
 */
export class Waiting {
	readonly #at: number[] = [];
	/** Id and line, one after the other: the chunk, where they begin in it, their bytes, and the length of the id. */
	readonly #chunk: number[] = [];
	readonly #begin: number[] = [];
	readonly #bytes: number[] = [];
	readonly #idLength: number[] = [];
	readonly #source: number[] = [];
	readonly #caseNo: number[] = [];
	readonly #activity: number[] = [];
	readonly #names = new Names();
	readonly #chunks: { bytes: Buffer; encoding: 'latin1' | 'utf8' }[] = [];
	#texts: string[] = [];
	#ordered = true;

	get size(): number {
		return this.#at.length;
	}

	add({ at, id, line, source, caseId, activity }: Draft): void {
		const last = this.#at.length - 1;
		if (last >= 0 && at < this.#at[last]!) this.#ordered = false;
		this.#at.push(at);
		this.#idLength.push(id.length);
		this.#source.push(this.#names.numberOf(source));
		this.#caseNo.push(caseId === null ? -1 : this.#names.numberOf(caseId));
		this.#activity.push(this.#names.numberOf(activity));
		if (this.#texts.push(id + line) === CHUNK) this.#seal();
	}

	#seal(): void {
		const text = this.#texts.join('');
		const bytes = Buffer.from(text);
		const ascii = bytes.length === text.length;
		let begin = 0;
		for (const one of this.#texts) {
			const length = ascii ? one.length : Buffer.byteLength(one);
			this.#chunk.push(this.#chunks.length);
			this.#begin.push(begin);
			this.#bytes.push(length);
			begin += length;
		}
		this.#chunks.push({ bytes, encoding: ascii ? 'latin1' : 'utf8' });
		this.#texts = [];
	}

	/** All drafts, oldest first, those of equal time in the order they came. */
	*sorted(): Generator<Draft> {
		this.#seal();
		const order = this.#ordered ? undefined : this.#at.map((_, index) => index);
		order?.sort((a, b) => this.#at[a]! - this.#at[b]!);
		for (let i = 0; i < this.#at.length; i++) yield this.#draft(order === undefined ? i : order[i]!);
	}

	#draft(index: number): Draft {
		const { texts } = this.#names;
		const { bytes, encoding } = this.#chunks[this.#chunk[index]!]!;
		const begin = this.#begin[index]!;
		const text = bytes.toString(encoding, begin, begin + this.#bytes[index]!);
		const caseNo = this.#caseNo[index]!;
		const caseId = caseNo < 0 ? null : texts[caseNo]!;
		const source = texts[this.#source[index]!]!;
		return {
			at: this.#at[index]!,
			source,
			id: text.slice(0, this.#idLength[index]),
			key: caseId ?? source,
			line: text.slice(this.#idLength[index]),
			caseId,
			activity: texts[this.#activity[index]!]!
		};
	}
}
