/** Numbers of servers by the times at which they end; of several at one time the lowest first. A binary heap. */
export class EndQueue {
	readonly #heap: Int32Array;
	readonly #at: Float64Array;
	#size = 0;

	constructor(servers: number) {
		this.#heap = new Int32Array(servers);
		this.#at = new Float64Array(servers);
	}

	/** When the first of them ends; Infinity where none is to end. */
	get time(): number {
		return this.#size === 0 ? Infinity : (this.#at[this.#heap[0] as number] as number);
	}

	/** A server that is not among them ends at `at`. */
	add(server: number, at: number): void {
		this.#at[server] = at;
		let hole = this.#size++;
		while (hole > 0) {
			const parent = (hole - 1) >> 1;
			const other = this.#heap[parent] as number;
			if (this.#precedes(other, server)) break;
			this.#heap[hole] = other;
			hole = parent;
		}
		this.#heap[hole] = server;
	}

	/** Takes out the one that ends first; only to be asked while there is one. */
	take(): number {
		const heap = this.#heap;
		const first = heap[0] as number;
		const last = heap[--this.#size] as number;
		let hole = 0;
		for (let child = 1; child < this.#size; child = 2 * hole + 1) {
			if (child + 1 < this.#size && this.#precedes(heap[child + 1] as number, heap[child] as number)) child++;
			if (this.#precedes(last, heap[child] as number)) break;
			heap[hole] = heap[child] as number;
			hole = child;
		}
		heap[hole] = last;
		return first;
	}

	#precedes(a: number, b: number): boolean {
		const [atA, atB] = [this.#at[a] as number, this.#at[b] as number];
		return atA < atB || (atA === atB && a < b);
	}
}
