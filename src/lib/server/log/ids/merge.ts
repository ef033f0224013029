import { type Block, newBlock, openBlock } from './block.ts';
import { PARTITIONS } from './key.ts';
import type { Run, Runs } from './runs.ts';

const FAN_IN = 8;
/** Ids rewritten in one step: a few milliseconds of work, so that a commit never waits long behind it. */
const STEP_IDS = 16_384;
/** Offsets in a run are relative 32-bit numbers. */
const WIDEST = 2 ** 32;

/** Joins eight runs of one level into one of the next, a slice at a time. */
export class Merge {
	readonly output: Run;
	readonly inputs: readonly Run[];
	readonly #runs: Runs;
	readonly #unit: number;
	#next = 0;

	constructor(runs: Runs, inputs: readonly Run[]) {
		this.#runs = runs;
		this.inputs = inputs;
		const count = inputs.reduce((sum, run) => sum + run.count, 0);
		this.output = runs.begin(count, Math.min(...inputs.map((run) => run.base)));
		const widest = Math.max(...[...inputs, this.output].map((run) => PARTITIONS / run.blocks));
		const wanted = Math.floor((STEP_IDS * PARTITIONS) / count / widest) * widest;
		this.#unit = Math.min(PARTITIONS, Math.max(widest, wanted));
	}

	/** The eight runs that are due, or undefined. */
	static due(runs: Runs): Run[] | undefined {
		const levels = Map.groupBy(runs.live, (run) => run.level);
		for (const level of [...levels.keys()].sort((a, b) => a - b)) {
			const oldest = levels.get(level)!.slice(0, FAN_IN);
			const low = Math.min(...oldest.map((run) => run.base));
			const high = Math.max(...oldest.map((run) => run.base));
			if (oldest.length === FAN_IN && (high - low) * 2 < WIDEST) return oldest;
		}
		return undefined;
	}

	/** Does one slice inside the caller's transaction; true when the output is complete. Until `stepped` the next call does it again. */
	step(): boolean {
		const from = this.#next;
		const to = this.#until;
		const parts = this.inputs.map((run) => new Part(this.#runs, run, from, to, this.output.base));
		const perBlock = PARTITIONS / this.output.blocks;
		for (let first = from; first < to; first += perBlock) this.#writeBlock(parts, first, perBlock);
		if (to < PARTITIONS) return false;
		this.#runs.finish(this.output, this.inputs);
		return true;
	}

	/** After that transaction has been committed: one that failed (a full disk shows itself in COMMIT) left nothing of its slice. */
	stepped(): void {
		this.#next = this.#until;
	}

	get #until(): number {
		return Math.min(PARTITIONS, this.#next + this.#unit);
	}

	#writeBlock(parts: readonly Part[], first: number, perBlock: number): void {
		const counts = new Uint32Array(perBlock);
		for (const part of parts) for (let p = 0; p < perBlock; p++) counts[p]! += part.countOf(first + p);
		const { bytes, block } = newBlock(counts);
		let at = 0;
		for (let p = first; p < first + perBlock; p++) for (const part of parts) at = part.copy(p, block, at);
		this.#runs.writeBlock(this.output, first / perBlock, bytes);
	}
}

/** The partitions [from, to) of one input run, opened. */
class Part {
	readonly #blocks: Block[] = [];
	readonly #starts: Uint32Array[] = [];
	readonly #from: number;
	readonly #perBlock: number;
	readonly #shift: number;

	constructor(runs: Runs, run: Run, from: number, to: number, base: number) {
		this.#perBlock = PARTITIONS / run.blocks;
		this.#from = from;
		this.#shift = run.base - base;
		for (let p = from; p < to; p += this.#perBlock) {
			const block = openBlock(runs.readBlock(run, p / this.#perBlock), this.#perBlock);
			const starts = new Uint32Array(this.#perBlock);
			for (let i = 1; i < this.#perBlock; i++) starts[i] = starts[i - 1]! + block.counts[i - 1]!;
			this.#blocks.push(block);
			this.#starts.push(starts);
		}
	}

	countOf(partition: number): number {
		const place = partition - this.#from;
		return this.#blocks[Math.floor(place / this.#perBlock)]!.counts[place % this.#perBlock]!;
	}

	/** Copies a partition to `target` from index `at` on; answers the index after it. */
	copy(partition: number, target: Block, at: number): number {
		const place = partition - this.#from;
		const index = Math.floor(place / this.#perBlock);
		const block = this.#blocks[index]!;
		const start = this.#starts[index]![place % this.#perBlock]!;
		const count = block.counts[place % this.#perBlock]!;
		target.fragments.set(block.fragments.subarray(start, start + count), at);
		for (let i = 0; i < count; i++) target.offsets[at + i] = block.offsets[start + i]! + this.#shift;
		return at + count;
	}
}
