import { EndQueue } from './end-queue.ts';
import type { Server } from './serving.ts';

const NONE = -1;

/**
 * The servers of one line: who is free and for how long, and who ends next with one of the crowd. The free ones who are at
 * work stand in a list, the longest free first, of several since one moment the first named: hundreds are not looked through.
 */
export class LineServers {
	readonly all: readonly Server[];
	/** When they end with those of the crowd. */
	readonly ends: EndQueue;
	readonly #places: ReadonlyMap<Server, number>;
	/** Infinity while it serves. */
	readonly #freeSince: Float64Array;
	readonly #present: Uint8Array;
	readonly #after: Int32Array;
	readonly #before: Int32Array;
	#first = NONE;
	#last = NONE;

	constructor(all: readonly Server[], now: number) {
		const { length } = all;
		this.all = all;
		this.ends = new EndQueue(length);
		this.#places = new Map(all.map((server, index) => [server, index]));
		this.#freeSince = new Float64Array(length).fill(now);
		this.#present = new Uint8Array(length).fill(1);
		this.#after = new Int32Array(length).fill(NONE);
		this.#before = new Int32Array(length).fill(NONE);
		for (let index = 0; index < length; index++) this.#link(index);
	}

	placeOf(server: Server): number {
		return this.#places.get(server) ?? NONE;
	}

	isPresent(index: number): boolean {
		return this.#present[index] === 1;
	}

	/** How many are at work. */
	get present(): number {
		return this.#present.reduce((sum, each) => sum + each, 0);
	}

	/** Comes or goes; answers whether it could serve somebody now. Who comes is free from then on. */
	attend(index: number, present: boolean, at: number): boolean {
		const free = (this.#freeSince[index] as number) < Infinity;
		this.#present[index] = present ? 1 : 0;
		if (free && present) this.vacate(index, at);
		else if (free) this.#unlink(index);
		return free && present;
	}

	/** The one that has been free for longest of those who can do it, or -1. */
	freeFor(needs: number, not?: Server): number {
		for (let index = this.#first; index !== NONE; index = this.#after[index] as number) {
			const server = this.all[index] as Server;
			if ((server.skills & needs) === needs && server !== not) return index;
		}
		return NONE;
	}

	/** Begins to serve. */
	occupy(index: number): void {
		if (this.isPresent(index)) this.#unlink(index);
		this.#freeSince[index] = Infinity;
	}

	/** Has done with whom it served. */
	vacate(index: number, at: number): void {
		this.#freeSince[index] = at;
		if (this.isPresent(index)) this.#link(index);
	}

	#link(index: number): void {
		const since = this.#freeSince[index] as number;
		let before = this.#last;
		while (before > index && this.#freeSince[before] === since) before = this.#before[before] as number;
		const after = before === NONE ? this.#first : (this.#after[before] as number);
		this.#before[index] = before;
		this.#after[index] = after;
		if (before === NONE) this.#first = index;
		else this.#after[before] = index;
		if (after === NONE) this.#last = index;
		else this.#before[after] = index;
	}

	#unlink(index: number): void {
		const before = this.#before[index] as number;
		const after = this.#after[index] as number;
		if (before === NONE) this.#first = after;
		else this.#after[before] = after;
		if (after === NONE) this.#last = before;
		else this.#before[after] = before;
	}
}
