import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { openStore, type Store } from '../../../../../analytics/store.ts';
import type { Clock } from '../../../domain/time.ts';
import { dropStore } from '../prove.ts';
import type { PolicySource } from '../policy-source.ts';
import { errorOf } from '../rpc.ts';
import type { FromShard, ShardData } from './messages.ts';

/** Rows that go to DuckDB at once, and events per commit: large transactions are compressed straight into the file. */
const ROWS_PER_SPILL = 40_000;
const EVENTS_PER_COMMIT = 480_000;
const MOST_PARTS = 4;

export interface PartsOptions {
	logDir: string;
	policy: PolicySource;
	policyHash: string;
	clock: Clock;
}

/** Parts for this machine; one where several would only take turns. */
export const partsHere = (): number => Math.min(MOST_PARTS, availableParallelism());

/**
 * Writes the projections of the log up to `until` into a new file: several threads make the rows of a part of the cases
 * each, this one hands them to DuckDB. Throws `shard-mismatch` where only one thread can do it.
 */
export async function projectInParts(
	file: string,
	options: PartsOptions,
	until: number,
	parts: number = partsHere()
): Promise<Store> {
	dropStore(file);
	const store = await openStore(file, { clock: options.clock, policyHash: options.policyHash, threads: 1 });
	try {
		await new Gathering(store, options, until, parts).done();
		await store.writer.commit(until);
		return store;
	} catch (error) {
		await store.close();
		dropStore(file);
		throw error;
	}
}

/** Takes the chunks of all parts as they come, so that rows lie nearly in the order of the log. */
class Gathering {
	readonly #store: Store;
	readonly #workers: Worker[];
	readonly #upto: number[];
	readonly #finished: Promise<void>;
	#finish!: { resolve(): void; reject(error: unknown): void };
	#left: number;
	#committed = 0;
	#writing: Promise<void> = Promise.resolve();

	constructor(store: Store, { logDir, policy }: PartsOptions, until: number, parts: number) {
		this.#store = store;
		this.#left = parts;
		this.#upto = new Array<number>(parts).fill(0);
		this.#finished = new Promise((resolve, reject) => (this.#finish = { resolve, reject }));
		const { layouts } = store.writer;
		this.#workers = this.#upto.map((_, index) => {
			const workerData: ShardData = { part: { index, of: parts }, logDir, policy, layouts, until };
			return this.#start(new Worker(new URL('./shard-worker.ts', import.meta.url), { workerData }), index);
		});
	}

	async done(): Promise<void> {
		try {
			await this.#finished;
			await this.#writing;
		} finally {
			await Promise.all(this.#workers.map((worker) => worker.terminate()));
		}
	}

	#start(worker: Worker, index: number): Worker {
		let ended = false;
		worker.on('message', (message: FromShard) => {
			ended = message.kind === 'failed' || message.last;
			if (message.kind === 'failed') return this.#finish.reject(errorOf(message.fault));
			this.#writing = this.#writing.then(() => this.#take(worker, index, message));
			this.#writing.catch((error: unknown) => this.#finish.reject(error));
		});
		worker.on('error', (error) => this.#finish.reject(error));
		worker.on('exit', () => {
			if (!ended) this.#finish.reject(new Error(`Part ${index} of the projection ended early.`));
		});
		return worker;
	}

	async #take(worker: Worker, index: number, { chunks, upto, last }: FromShard & { kind: 'rows' }): Promise<void> {
		const { writer } = this.#store;
		for (const chunk of chunks) writer.addChunk(chunk);
		worker.postMessage('taken');
		this.#upto[index] = upto;
		const through = Math.min(...this.#upto);
		// The file counts as empty until all of it is there: it is made beside the old one.
		if (through - this.#committed >= EVENTS_PER_COMMIT) {
			this.#committed = through;
			await writer.commit(0);
		} else if (writer.pending >= ROWS_PER_SPILL) await writer.spill();
		if (!last) return;
		this.#left -= 1;
		if (this.#left === 0) this.#finish.resolve();
	}
}
