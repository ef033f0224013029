import { Worker } from 'node:worker_threads';
import { errorOf, type Fault } from '../rpc.ts';
import type { ProjectData } from './project-worker.ts';

/**
 * The same as `projectInParts` in a thread of its own, which closes the file. Gigabytes of rows pass through the one who
 * hands them to DuckDB, and each ten megabytes make V8 mark that thread's heap: the engine's is full of cases.
 */
export function projectInThread(data: ProjectData): Promise<void> {
	const worker = new Worker(new URL('./project-worker.ts', import.meta.url), { workerData: data });
	return new Promise((resolve, reject) => {
		worker.once('message', (fault: Fault | null) => (fault === null ? resolve() : reject(errorOf(fault))));
		worker.once('error', reject);
		worker.once('exit', (code) => reject(new Error(`The thread of the projection ended with code ${code}.`)));
	});
}
