/** Keys of the newest events in memory: an open-addressed table of (key, offset) that may hold a key several times. */
export class RecentIds {
	#keys = new Float64Array(1 << 17).fill(-1);
	#offsets = new Float64Array(1 << 17);
	#size = 0;

	get size(): number {
		return this.#size;
	}

	add(key: number, offset: number): void {
		if (this.#size * 2 >= this.#keys.length) this.#grow();
		const mask = this.#keys.length - 1;
		let slot = slotOf(key, mask);
		while (this.#keys[slot]! >= 0) slot = (slot + 1) & mask;
		this.#keys[slot] = key;
		this.#offsets[slot] = offset;
		this.#size += 1;
	}

	/** Appends to `found` every offset that was added under `key`. */
	find(key: number, found: number[]): void {
		const mask = this.#keys.length - 1;
		for (let slot = slotOf(key, mask); this.#keys[slot]! >= 0; slot = (slot + 1) & mask)
			if (this.#keys[slot] === key) found.push(this.#offsets[slot]!);
	}

	/** All entries, in no order. */
	entries(): { keys: Float64Array; offsets: Float64Array } {
		const keys = new Float64Array(this.#size);
		const offsets = new Float64Array(this.#size);
		let count = 0;
		for (let slot = 0; slot < this.#keys.length; slot++) {
			if (this.#keys[slot]! < 0) continue;
			keys[count] = this.#keys[slot]!;
			offsets[count++] = this.#offsets[slot]!;
		}
		return { keys, offsets };
	}

	clear(): void {
		this.#keys.fill(-1);
		this.#size = 0;
	}

	#grow(): void {
		const { keys, offsets } = this.entries();
		this.#keys = new Float64Array(this.#keys.length * 2).fill(-1);
		this.#offsets = new Float64Array(this.#keys.length);
		this.#size = 0;
		for (let i = 0; i < keys.length; i++) this.add(keys[i]!, offsets[i]!);
	}
}

const slotOf = (key: number, mask: number): number => (Math.imul(key >>> 0, 0x9e3779b1) >>> 8) & mask;
