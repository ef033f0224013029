import { Worker } from 'node:worker_threads';
import { HotcardError } from '../../src/lib/domain/error.ts';
import { isFileFailure, unwritten } from './make-folder.ts';
import type { RegionAnswer, RegionTask } from './region-run.ts';

/** What lives only for a moment is never copied to the old generation where the young one is this large (MB). */
const YOUNG = 192;

/**
 * Runs regions in threads and answers what each of them answered, in the order of the tasks. A thread that dies is
 * replaced and its region run once more; dying again is a HotcardError `worker-died`, a file that cannot be written `files-unwritten`.
 */
export async function runRegions(tasks: readonly RegionTask[], workers: number): Promise<RegionAnswer[]> {
	const answers: RegionAnswer[] = [];
	let next = 0;
	const work = async (): Promise<void> => {
		let thread = new Thread();
		try {
			while (next < tasks.length) {
				const index = next++;
				const task = tasks[index] as RegionTask;
				try {
					answers[index] = await thread.run(task);
				} catch (cause) {
					// The same disk would be full again.
					if (isFileFailure(cause)) throw unwritten(task.folder ?? '', cause);
					thread = new Thread();
					answers[index] = await thread.run(task).catch((cause: unknown) => died(task, cause));
				}
			}
		} finally {
			await thread.close();
		}
	};
	const stop = (cause: unknown): never => {
		next = tasks.length;
		throw cause;
	};
	await Promise.all(Array.from({ length: Math.max(1, Math.min(workers, tasks.length)) }, () => work().catch(stop)));
	return answers;
}

class Thread {
	readonly #worker = new Worker(new URL('./region-thread.ts', import.meta.url), {
		resourceLimits: { maxYoungGenerationSizeMb: YOUNG }
	});

	async run(task: RegionTask): Promise<RegionAnswer> {
		return new Promise((resolve, reject) => {
			this.#worker.removeAllListeners();
			this.#worker.once('message', resolve);
			this.#worker.once('error', reject);
			this.#worker.once('exit', (code) => reject(new Error(`the thread ended with code ${code}`)));
			this.#worker.postMessage(task);
		});
	}

	async close(): Promise<void> {
		this.#worker.removeAllListeners();
		await this.#worker.terminate();
	}
}

function died({ options, region }: RegionTask, cause: unknown): never {
	const why = cause instanceof Error ? cause.message : String(cause);
	throw new HotcardError(
		'worker-died',
		`the worker of region ${region + 1} under seed ${options.seed} died twice: ${why}`,
		{ remedy: 'Run with fewer workers, branches or cases a day: each region needs memory of its own.', cause }
	);
}
