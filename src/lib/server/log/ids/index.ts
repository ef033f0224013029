import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Merge } from './merge.ts';
import { RecentIds } from './recent.ts';
import { type Run, RUN_SCHEMA, Runs } from './runs.ts';

const SCHEMA = `${RUN_SCHEMA}
CREATE TABLE IF NOT EXISTS fresh(first INTEGER PRIMARY KEY, keys BLOB NOT NULL) STRICT;`;

/** New ids are written out as a run when this many are in memory: small enough to be done in a few milliseconds. */
const RECENT_LIMIT = 1 << 16;
const SWEEP_BLOCKS = 128;

export type Transaction = (work: () => void) => void;

/**
 * Which offsets may belong to an id, for every id ever stored. The newest ids are in memory (and, by batch, in the table `fresh`
 * to survive a crash); older ones are in runs that are written once and merged by size. Nothing here writes at random places.
 */
export class IdIndex {
	readonly #db: DatabaseSync;
	readonly #recent = new RecentIds();
	readonly #runs: Runs;
	readonly #insertFresh: StatementSync;
	readonly #found: number[] = [];
	#merge: Merge | undefined;

	constructor(db: DatabaseSync) {
		this.#db = db;
		db.exec(SCHEMA);
		this.#runs = new Runs(db);
		this.#insertFresh = db.prepare('INSERT INTO fresh(first, keys) VALUES (?, ?)');
		for (const row of db.prepare('SELECT first, keys FROM fresh ORDER BY first').iterate()) {
			const bytes = (row['keys'] as Uint8Array).slice();
			this.remember(row['first'] as number, new Float64Array(bytes.buffer));
		}
	}

	/** Offsets of events that may have this key: all that have it, and now and then another. Valid until the next call. */
	find(key: number): readonly number[] {
		this.#found.length = 0;
		this.#recent.find(key, this.#found);
		this.#runs.find(key, this.#found);
		return this.#found;
	}

	/** Inside the transaction of the batch that starts at `first`. */
	store(first: number, keys: Float64Array): void {
		this.#insertFresh.run(first, new Uint8Array(keys.buffer, keys.byteOffset, keys.byteLength));
	}

	/** After that transaction has been committed. */
	remember(first: number, keys: Float64Array): void {
		for (let i = 0; i < keys.length; i++) this.#recent.add(keys[i]!, first + i);
	}

	/** Does one short piece of housekeeping in its own transaction; false when there is nothing to do. */
	tidy(transaction: Transaction): boolean {
		if (this.#recent.size >= RECENT_LIMIT) this.#flush(transaction);
		else if (this.#merge !== undefined) this.#continueMerge(this.#merge, transaction);
		else if (this.#runs.hasDead) this.#sweep(transaction);
		else return this.#beginMerge(transaction);
		return true;
	}

	/** Many ids wait in memory: housekeeping should come before the next batch. */
	get urgent(): boolean {
		return this.#recent.size >= RECENT_LIMIT;
	}

	#flush(transaction: Transaction): void {
		const { keys, offsets } = this.#recent.entries();
		let run: Run | undefined;
		transaction(() => {
			run = this.#runs.write(keys, offsets);
			this.#db.exec('DELETE FROM fresh');
		});
		if (run !== undefined) this.#runs.publish(run, []);
		this.#recent.clear();
	}

	#sweep(transaction: Transaction): void {
		let gone = false;
		transaction(() => {
			gone = this.#runs.sweep(SWEEP_BLOCKS);
		});
		if (gone) this.#runs.swept();
	}

	#beginMerge(transaction: Transaction): boolean {
		const inputs = Merge.due(this.#runs);
		if (inputs === undefined) return false;
		let merge: Merge | undefined;
		transaction(() => {
			merge = new Merge(this.#runs, inputs);
		});
		this.#merge = merge;
		return true;
	}

	#continueMerge(merge: Merge, transaction: Transaction): void {
		let done = false;
		transaction(() => {
			done = merge.step();
		});
		merge.stepped();
		if (!done) return;
		this.#runs.publish(merge.output, merge.inputs);
		this.#merge = undefined;
	}
}
