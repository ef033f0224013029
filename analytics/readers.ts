import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { HotcardError } from '#lib/domain/error.ts';
import type { Clock, Millis } from '#lib/domain/time.ts';

const AGAIN: Millis = 50;

/** A few read connections with one active query each; further readers wait in line. */
export class Readers {
	readonly #idle: DuckDBConnection[] = [];
	readonly #all: DuckDBConnection[] = [];
	readonly #waiting: ((connection: DuckDBConnection) => void)[] = [];
	readonly #busy = new Set<Promise<unknown>>();
	readonly #clock: Clock;
	#closed = false;

	private constructor(clock: Clock) {
		this.#clock = clock;
	}

	static async open(instance: DuckDBInstance, count: number, clock: Clock): Promise<Readers> {
		const readers = new Readers(clock);
		for (let at = 0; at < count; at++) readers.#all.push(await instance.connect());
		readers.#idle.push(...readers.#all);
		return readers;
	}

	/** Lends a connection to `work`; a query that runs longer than `limit` ms is interrupted with `query-timeout`. */
	async use<T>(work: (connection: DuckDBConnection) => Promise<T>, limit: Millis): Promise<T> {
		const connection = this.#idle.pop() ?? (await new Promise<DuckDBConnection>((take) => this.#waiting.push(take)));
		try {
			if (this.#closed) throw new HotcardError('store-closed', 'The projections are closed.');
			const running = this.#timed(connection, work, limit);
			this.#busy.add(running);
			return await running.finally(() => this.#busy.delete(running));
		} finally {
			const next = this.#waiting.shift();
			if (next === undefined) this.#idle.push(connection);
			else next(connection);
		}
	}

	async #timed<T>(
		connection: DuckDBConnection,
		work: (connection: DuckDBConnection) => Promise<T>,
		limit: Millis
	): Promise<T> {
		let late = false;
		// Repeated, for an interrupt that falls between two statements stops neither.
		const stop = (): void => {
			late = true;
			connection.interrupt();
			cancel = this.#clock.after(AGAIN, stop);
		};
		let cancel = this.#clock.after(limit, stop);
		try {
			return await work(connection);
		} catch (error) {
			if (!late) throw error;
			throw new HotcardError('query-timeout', `The question took longer than ${limit / 1_000} s and was stopped.`, {
				remedy: 'Bound it in time (WHERE occurred_at >= …) or ask for fewer rows.',
				cause: error
			});
		} finally {
			cancel();
		}
	}

	/** Interrupts what runs, refuses what waits, and disconnects. */
	async close(): Promise<void> {
		this.#closed = true;
		for (const connection of this.#all) connection.interrupt();
		await Promise.allSettled([...this.#busy]);
		for (const connection of this.#all) connection.closeSync();
	}
}
