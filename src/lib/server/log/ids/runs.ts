import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type Block, byPartition, bytesOf, findInBlock, newBlock, openBlock } from './block.ts';
import { FRAGMENTS, PARTITIONS } from './key.ts';
import { Sieve } from './sieve.ts';

/** A run: an immutable set of ids on disk, in blocks, with its sieve in memory. */
export interface Run {
	id: number;
	level: number;
	blocks: number;
	base: number;
	count: number;
	sieve: Sieve;
}

const BUILDING = 0;
const LIVE = 1;
const DEAD = 2;
/** A larger run has more blocks, so that reading one block stays cheap. */
const BLOCKS = [64, 512, PARTITIONS] as const;
const SMALLEST = 1 << 15;
/** Blocks kept open, in bytes: a file that is imported again asks for the same ones over and over. */
const OPEN_BYTES = 8 << 20;

export const RUN_SCHEMA = `
CREATE TABLE IF NOT EXISTS run(id INTEGER PRIMARY KEY, level INTEGER NOT NULL, blocks INTEGER NOT NULL,
	lines INTEGER NOT NULL, base INTEGER NOT NULL, count INTEGER NOT NULL, state INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS ids(place INTEGER PRIMARY KEY, sieve BLOB NOT NULL, entries BLOB NOT NULL) STRICT;`;

/** The runs of a log file. Callers wrap every write in a transaction of their own. */
export class Runs {
	readonly live: Run[] = [];
	readonly #db: DatabaseSync;
	readonly #dead: { id: number; blocks: number }[] = [];
	readonly #readBlock: StatementSync;
	readonly #writeBlock: StatementSync;
	readonly #open = new Map<number, Block>();
	#openBytes = 0;
	#nextId = 1;

	constructor(db: DatabaseSync) {
		this.#db = db;
		this.#readBlock = db.prepare('SELECT entries FROM ids WHERE place = ?');
		this.#writeBlock = db.prepare('INSERT INTO ids(place, sieve, entries) VALUES (?, ?, ?)');
		const rows = db.prepare('SELECT * FROM run ORDER BY id').all() as unknown as (Omit<Run, 'sieve'> & {
			lines: number;
			state: number;
		})[];
		for (const { lines, state, ...row } of rows) {
			this.#nextId = row.id + 1;
			if (state === LIVE) this.live.push({ ...row, sieve: this.#loadSieve(row, lines) });
			else this.#dead.push(row);
		}
	}

	#loadSieve(run: { id: number; blocks: number }, lines: number): Sieve {
		const sieve = new Sieve(run.blocks, lines);
		const read = this.#db.prepare('SELECT place, sieve FROM ids WHERE place >= ? AND place < ?');
		const first = run.id * PARTITIONS;
		for (const row of read.iterate(first, first + run.blocks)) {
			const bytes = row['sieve'] as Uint8Array;
			const target = sieve.ofBlock((row['place'] as number) - first);
			new Uint8Array(target.buffer, target.byteOffset, target.byteLength).set(bytes);
		}
		return sieve;
	}

	/** Appends to `found` the offsets that may belong to `key`, from every run whose sieve lets it through. */
	find(key: number, found: number[]): void {
		const partition = Math.floor(key / FRAGMENTS);
		const fragment = key >>> 0;
		for (const run of this.live) {
			const perBlock = PARTITIONS / run.blocks;
			const block = Math.floor(partition / perBlock);
			if (run.sieve.mayHold(block, fragment)) findInBlock(this.#openBlock(run, block), key, run.base, found);
		}
	}

	/** A finished run never changes and its number is never used again: what was opened once stays true. */
	#openBlock(run: Run, number: number): Block {
		const place = run.id * PARTITIONS + number;
		let block = this.#open.get(place);
		if (block !== undefined) return block;
		block = openBlock(this.readBlock(run, number), PARTITIONS / run.blocks);
		this.#open.set(place, block);
		this.#openBytes += bytesOf(block);
		for (const [oldest, old] of this.#open) {
			if (this.#openBytes <= OPEN_BYTES || oldest === place) break;
			this.#open.delete(oldest);
			this.#openBytes -= bytesOf(old);
		}
		return block;
	}

	readBlock(run: Run, block: number): Uint8Array {
		const row = this.#readBlock.get(run.id * PARTITIONS + block);
		if (row === undefined) throw new Error(`block ${block} of id run ${run.id} is missing`);
		return row['entries'] as Uint8Array;
	}

	/** Starts an empty run that nobody reads until it is finished. */
	begin(count: number, base: number): Run {
		const level = Math.max(0, Math.floor(Math.log2(count / SMALLEST) / 3));
		const blocks = BLOCKS[Math.min(level, BLOCKS.length - 1)]!;
		const run = { id: this.#nextId++, level, blocks, base, count };
		const lines = Sieve.linesFor(count, blocks);
		this.#db
			.prepare('INSERT INTO run(id, level, blocks, lines, base, count, state) VALUES (?, ?, ?, ?, ?, ?, ?)')
			.run(run.id, level, blocks, lines, base, count, BUILDING);
		return { ...run, sieve: new Sieve(blocks, lines) };
	}

	writeBlock(run: Run, block: number, bytes: Uint8Array): void {
		for (const fragment of openBlock(bytes, PARTITIONS / run.blocks).fragments) run.sieve.add(block, fragment);
		const words = run.sieve.ofBlock(block);
		const sieve = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
		this.#writeBlock.run(run.id * PARTITIONS + block, sieve, bytes);
	}

	/** Marks a run as finished in the file and the runs it replaces as dead; `publish` then makes it visible. */
	finish(run: Run, replaced: readonly Run[]): void {
		const mark = this.#db.prepare('UPDATE run SET state = ? WHERE id = ?');
		mark.run(LIVE, run.id);
		for (const old of replaced) mark.run(DEAD, old.id);
	}

	/** After the commit of `finish`. */
	publish(run: Run, replaced: readonly Run[]): void {
		const kept = this.live.filter((other) => !replaced.includes(other));
		this.live.splice(0, this.live.length, ...kept, run);
		this.#dead.push(...replaced.map(({ id, blocks }) => ({ id, blocks })));
	}

	/** Writes new ids as one run; the caller publishes it after the commit. */
	write(keys: Float64Array, offsets: Float64Array): Run {
		let base = Infinity;
		for (const offset of offsets) if (offset < base) base = offset;
		const run = this.begin(keys.length, base);
		const { starts, order } = byPartition(keys);
		const perBlock = PARTITIONS / run.blocks;
		for (let block = 0; block < run.blocks; block++) {
			const counts = new Uint32Array(perBlock);
			const first = block * perBlock;
			for (let p = 0; p < perBlock; p++) counts[p] = starts[first + p + 1]! - starts[first + p]!;
			const made = newBlock(counts);
			const begin = starts[first]!;
			for (let i = 0; i < made.block.fragments.length; i++) {
				const index = order[begin + i]!;
				made.block.fragments[i] = keys[index]! >>> 0;
				made.block.offsets[i] = offsets[index]! - base;
			}
			this.writeBlock(run, block, made.bytes);
		}
		this.finish(run, []);
		return run;
	}

	get hasDead(): boolean {
		return this.#dead.length > 0;
	}

	/** Removes up to `limit` blocks of a dead run; true when none of it is left, which `swept` then makes known. */
	sweep(limit: number): boolean {
		const dead = this.#dead[0];
		if (dead === undefined) return false;
		const first = dead.id * PARTITIONS;
		const { changes } = this.#db
			.prepare('DELETE FROM ids WHERE place IN (SELECT place FROM ids WHERE place >= ? AND place < ? LIMIT ?)')
			.run(first, first + dead.blocks, limit);
		if (Number(changes) === limit) return false;
		this.#db.prepare('DELETE FROM run WHERE id = ?').run(dead.id);
		return true;
	}

	/** After the commit of the `sweep` that said so. */
	swept(): void {
		this.#dead.shift();
	}
}
