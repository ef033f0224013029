import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { zstdDecompressSync } from 'node:zlib';
import type { Lane } from '../../domain/lane.ts';
import { lineBetween, lineEnds } from './lines.ts';
import type { LogBatch, ReadOptions } from './port.ts';

const COLUMNS = `batch.first AS first, batch.count AS count, lane.name AS lane, batch.recorded_at AS recorded_at`;
const FROM = `FROM batch JOIN lane ON lane.no = batch.lane`;
const CACHE_ROWS = 8;
const NO_END = Number.MAX_SAFE_INTEGER;

/** Reads committed rows through one connection. Statements are short, so that no reader holds up a checkpoint. */
export class RowReader {
	readonly #one: StatementSync;
	readonly #body: StatementSync;
	readonly #next: StatementSync;
	readonly #nextOfLane: StatementSync;
	readonly #last: StatementSync;
	readonly #lanes: StatementSync;
	readonly #cache = new Map<number, LogBatch & { ends?: Uint32Array }>();

	constructor(db: DatabaseSync) {
		this.#one = db.prepare(`SELECT ${COLUMNS} ${FROM} WHERE batch.first <= ? ORDER BY batch.first DESC LIMIT 1`);
		this.#body = db.prepare('SELECT lines FROM body WHERE first = ?');
		this.#next = db.prepare(
			`SELECT ${COLUMNS} ${FROM} WHERE batch.first >= ? AND batch.first < ? ORDER BY batch.first LIMIT 1`
		);
		this.#nextOfLane = db.prepare(
			`SELECT ${COLUMNS} ${FROM} WHERE batch.lane = (SELECT no FROM lane WHERE name = ?)
			AND batch.first >= ? AND batch.first < ? ORDER BY batch.first LIMIT 1`
		);
		this.#last = db.prepare('SELECT first + count AS head FROM batch ORDER BY first DESC LIMIT 1');
		this.#lanes = db.prepare('SELECT name AS lane, events, first, last FROM lane ORDER BY no');
	}

	head(): number {
		return (this.#last.get()?.['head'] as number | undefined) ?? 0;
	}

	lanes(): { lane: Lane; events: number; first: number; last: number }[] {
		return this.#lanes.all().map((row) => ({ ...row })) as {
			lane: Lane;
			events: number;
			first: number;
			last: number;
		}[];
	}

	/** The line of one event and its lane, or undefined where there is none. Neighbours are found without a search. */
	line(offset: number): { lane: Lane; recordedAt: number; line: Uint8Array } | undefined {
		const batch = this.containing(offset);
		if (batch === undefined) return undefined;
		batch.ends ??= lineEnds(batch.lines, batch.count);
		const line = lineBetween(batch.lines, batch.ends, offset - batch.first);
		return { lane: batch.lane, recordedAt: batch.recordedAt, line };
	}

	/** The whole batch that holds an offset, or undefined where there is none. The last few are kept unpacked. */
	containing(offset: number): (LogBatch & { ends?: Uint32Array }) | undefined {
		for (const batch of this.#cache.values())
			if (offset >= batch.first && offset < batch.first + batch.count) return batch;
		const row = offset < 0 ? undefined : this.#one.get(offset);
		if (row === undefined) return undefined;
		const batch = this.#unpack(row);
		if (offset >= batch.first + batch.count) return undefined;
		if (this.#cache.size >= CACHE_ROWS) this.#cache.delete(this.#cache.keys().next().value!);
		this.#cache.set(batch.first, batch);
		return batch;
	}

	/** The first whole batch that starts in [from, until). */
	next(from: number, until = NO_END, lane?: ReadOptions['lane']): LogBatch | undefined {
		const row = lane === undefined ? this.#next.get(from, until) : this.#nextOfLane.get(lane, from, until);
		return row === undefined ? undefined : this.#unpack(row);
	}

	#unpack(row: Record<string, unknown>): LogBatch {
		const first = row['first'] as number;
		const body = this.#body.get(first);
		if (body === undefined) throw new Error(`the lines of batch ${first} are missing`);
		return {
			first,
			count: row['count'] as number,
			lane: row['lane'] as Lane,
			recordedAt: row['recorded_at'] as number,
			lines: zstdDecompressSync(body['lines'] as Uint8Array)
		};
	}
}
