/** Longest piece: short enough to be moved at once, long enough to keep their number small. */
const FULL = 512;

/** Where an item lies: piece and place within it. */
interface Spot {
	piece: number;
	at: number;
}

/**
 * Items by a number and, where that is equal, by a text. Two of them never share both. Neither may change while the
 * item is in here: take it out, change it, put it back.
 */
export class Sorted<T> {
	#pieces: T[][] = [];
	#size = 0;
	readonly #key: (item: T) => number;
	readonly #id: (item: T) => string;

	constructor(key: (item: T) => number, id: (item: T) => string) {
		this.#key = key;
		this.#id = id;
	}

	get size(): number {
		return this.#size;
	}

	first(): T | undefined {
		return this.#pieces[0]?.[0];
	}

	/** Replaces everything that is in here. */
	fill(items: readonly T[]): void {
		// Numbers side by side are put in order many times as fast as objects that have to be asked for them.
		const keys = Float64Array.from(items, this.#key);
		const places = Uint32Array.from(keys, (_, at) => at).sort((a, b) => {
			const left = keys[a]!;
			const right = keys[b]!;
			if (left !== right) return left < right ? -1 : 1;
			return this.#id(items[a]!) < this.#id(items[b]!) ? -1 : 1;
		});
		this.#pieces = [];
		for (let from = 0; from < places.length; from += FULL / 2) {
			this.#pieces.push(Array.from(places.subarray(from, from + FULL / 2), (at) => items[at]!));
		}
		this.#size = items.length;
	}

	add(item: T): void {
		this.#size += 1;
		const { piece, at } = this.#find(this.#key(item), this.#id(item));
		const found = this.#pieces[piece];
		if (!found) {
			this.#pieces.push([item]);
			return;
		}
		if (at === found.length) found.push(item);
		else found.splice(at, 0, item);
		if (found.length > FULL) this.#pieces.splice(piece + 1, 0, found.splice(FULL / 2));
	}

	/** Whether the item was in here. */
	remove(item: T): boolean {
		const { piece, at } = this.#find(this.#key(item), this.#id(item));
		const found = this.#pieces[piece];
		if (found?.[at] !== item) return false;
		found.splice(at, 1);
		if (found.length === 0) this.#pieces.splice(piece, 1);
		this.#size -= 1;
		return true;
	}

	/** How many items have a smaller number. */
	rank(key: number): number {
		const { piece, at } = this.#find(key, '');
		let before = at;
		for (let i = 0; i < piece; i += 1) before += this.#pieces[i]?.length ?? 0;
		return before;
	}

	/** Takes out every item whose number is `key` or smaller. */
	takeTo(key: number): T[] {
		const taken: T[] = [];
		for (let first = this.#pieces[0]; first !== undefined; first = this.#pieces[0]) {
			let count = 0;
			while (count < first.length && this.#key(first[count]!) <= key) count += 1;
			if (count === first.length) {
				taken.push(...first);
				this.#pieces.shift();
				continue;
			}
			taken.push(...first.splice(0, count));
			break;
		}
		this.#size -= taken.length;
		return taken;
	}

	/** `count` items from the place `from` on. */
	page(from: number, count: number): T[] {
		const found: T[] = [];
		let skip = from;
		for (const piece of this.#pieces) {
			if (found.length >= count) break;
			if (skip < piece.length) found.push(...piece.slice(skip, skip + count - found.length));
			skip = Math.max(0, skip - piece.length);
		}
		return found;
	}

	/** All items from the place `from` on, in their order, until `see` answers false. */
	each(see: (item: T) => boolean | void, from = 0): void {
		let skip = from;
		for (const piece of this.#pieces) {
			for (let at = skip; at < piece.length; at += 1) if (see(piece[at]!) === false) return;
			skip = Math.max(0, skip - piece.length);
		}
	}

	#order(item: T, key: number, id: string): number {
		const own = this.#key(item);
		if (own !== key) return own < key ? -1 : 1;
		const name = this.#id(item);
		return name < id ? -1 : name > id ? 1 : 0;
	}

	/** The first place whose item is not before (key, id). */
	#find(key: number, id: string): Spot {
		const pieces = this.#pieces;
		const end = pieces.at(-1);
		// Behind everything: at the end of the last piece, so that ordered additions fill it.
		if (!end) return { piece: 0, at: 0 };
		if (this.#order(end[end.length - 1]!, key, id) < 0) return { piece: pieces.length - 1, at: end.length };
		let low = 0;
		let high = pieces.length - 1;
		while (low < high) {
			const middle = (low + high) >> 1;
			const piece = pieces[middle]!;
			if (this.#order(piece[piece.length - 1]!, key, id) < 0) low = middle + 1;
			else high = middle;
		}
		const piece = pieces[low]!;
		let from = 0;
		let to = piece.length;
		while (from < to) {
			const middle = (from + to) >> 1;
			if (this.#order(piece[middle]!, key, id) < 0) from = middle + 1;
			else to = middle;
		}
		return { piece: low, at: from };
	}
}
