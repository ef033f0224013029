import { Worker } from 'node:worker_threads';
import { HotcardError } from '../../src/lib/domain/error.ts';
import type { Measures, Parameters, Reply, Setting } from './experiment.ts';

export interface Failure {
	readonly seed: number;
	readonly replication: number;
	/** What the replication threw, or how its thread ended. */
	readonly reason: string;
}

export interface Plan {
	/** Module that exports `replicate`; see `Experiment`. */
	readonly module: URL;
	readonly seed: number;
	readonly parameters?: Parameters;
	/** At most this many. */
	readonly replications: number;
	/** Threads. The answer does not depend on how many. */
	readonly workers: number;
	/** Asked with the results of replications 1 to n, for n = 1, 2, … in turn, whichever came first. */
	readonly enough?: (results: readonly Measures[]) => boolean;
	/** Told of a replication that broke and is run once more. */
	readonly onRetry?: (failure: Failure) => void;
	/** Told after each replication that counts. */
	readonly onResult?: (measures: Measures, replication: number) => void;
	readonly signal?: AbortSignal;
}

/**
 * Runs replications 1, 2, … of an experiment in threads until there are enough, and answers their results in order.
 * One that throws, or whose thread dies, is run once more in a new thread.
 * @throws {HotcardError} `replication-failed`, with seed and replication, when it breaks again.
 * @throws {RangeError} for less than one replication or worker.
 */
export function replicate(plan: Plan): Promise<Measures[]> {
	for (const name of ['replications', 'workers'] as const)
		if (!Number.isInteger(plan[name]) || plan[name] < 1)
			throw new RangeError(`${plan[name]} ${name}, expected a whole number above 0`);
	return new Promise((resolve, reject) => new Pool(plan, resolve, reject).start());
}

class Pool {
	readonly #plan: Plan;
	readonly #resolve: (results: Measures[]) => void;
	readonly #reject: (error: unknown) => void;
	readonly #threads = new Set<Worker>();
	/** What came out of replications whose turn has not come. */
	readonly #early = new Map<number, Measures | Failure>();
	readonly #broken = new Set<number>();
	readonly #results: Measures[] = [];
	#next = 1;
	#over = false;

	constructor(plan: Plan, resolve: (results: Measures[]) => void, reject: (error: unknown) => void) {
		this.#plan = plan;
		this.#resolve = resolve;
		this.#reject = reject;
	}

	start(): void {
		const { signal, workers, replications } = this.#plan;
		if (signal?.aborted) return this.#end(() => this.#reject(signal.reason));
		signal?.addEventListener('abort', this.#aborted, { once: true });
		for (let i = 0; i < Math.min(workers, replications); i++) this.#employ(this.#next++);
	}

	readonly #aborted = (): void => this.#end(() => this.#reject(this.#plan.signal?.reason));

	/** A new thread that begins with one replication and goes on with those nobody has begun. */
	#employ(first: number): void {
		const { module, seed, parameters = {} } = this.#plan;
		const workerData: Setting = { module: module.href, seed, parameters };
		const thread = new Worker(new URL('./replicate-worker.ts', import.meta.url), { workerData });
		this.#threads.add(thread);
		let current = first;
		let death: string | null = null;
		thread.on('message', (reply: Reply) => {
			if (this.#over) return;
			if ('error' in reply) {
				death = reply.error.message;
				void thread.terminate();
				return;
			}
			this.#settle(current, reply.measures);
			if (this.#over) return;
			if (this.#next > this.#plan.replications) {
				this.#threads.delete(thread);
				void thread.terminate();
				return;
			}
			current = this.#next++;
			thread.postMessage(current);
		});
		thread.on('error', (error: unknown) => {
			death = error instanceof Error ? error.message : String(error);
		});
		thread.on('exit', (code) => {
			if (this.#over || !this.#threads.delete(thread)) return;
			this.#lost({ seed, replication: current, reason: death ?? `its thread ended with code ${code}` });
		});
		thread.postMessage(first);
	}

	#lost(failure: Failure): void {
		const { replication } = failure;
		if (!this.#broken.has(replication)) {
			this.#broken.add(replication);
			this.#plan.onRetry?.(failure);
			this.#employ(replication);
			return;
		}
		this.#settle(replication, failure);
		if (!this.#over && this.#next <= this.#plan.replications) this.#employ(this.#next++);
	}

	/** Takes results in the order of their numbers only, so that nothing hangs on which thread was faster. */
	#settle(replication: number, outcome: Measures | Failure): void {
		this.#early.set(replication, outcome);
		const { enough, onResult, replications } = this.#plan;
		for (;;) {
			const turn = this.#results.length + 1;
			const due = this.#early.get(turn);
			if (due === undefined) return;
			this.#early.delete(turn);
			if (isFailure(due)) return this.#end(() => this.#reject(failed(due)));
			this.#results.push(due);
			try {
				onResult?.(due, turn);
				if (turn < replications && !enough?.(this.#results)) continue;
			} catch (error) {
				return this.#end(() => this.#reject(error));
			}
			return this.#end(() => this.#resolve(this.#results));
		}
	}

	/** Answers once every thread is gone. */
	#end(answer: () => void): void {
		if (this.#over) return;
		this.#over = true;
		this.#plan.signal?.removeEventListener('abort', this.#aborted);
		void Promise.all([...this.#threads].map((thread) => thread.terminate())).then(answer);
	}
}

const isFailure = (outcome: Measures | Failure): outcome is Failure => typeof outcome['reason'] === 'string';

function failed({ seed, replication, reason }: Failure): HotcardError {
	return new HotcardError('replication-failed', `replication ${replication} of seed ${seed} failed twice: ${reason}`, {
		remedy: `run replication ${replication} of seed ${seed} alone to see where it breaks`,
		zh: {
			message: `种子 ${seed} 的第 ${replication} 次重复运行失败两次：${reason}`,
			remedy: `单独运行种子 ${seed} 的第 ${replication} 次重复以查看出错位置`
		}
	});
}
