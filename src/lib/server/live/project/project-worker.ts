import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../../clock.ts';
import { type Fault, faultOf } from '../rpc.ts';
import { type PartsOptions, projectInParts } from './project-in-parts.ts';

/** What the thread is started with. */
export interface ProjectData {
	file: string;
	options: Omit<PartsOptions, 'clock'>;
	until: number;
}

const port = parentPort;
if (port === null) throw new Error('project-worker.ts runs in a worker thread only.');
const { file, options, until } = workerData as ProjectData;

/** Null where the file is whole and closed. */
async function project(): Promise<Fault | null> {
	try {
		const store = await projectInParts(file, { ...options, clock: systemClock }, until);
		await store.close();
		return null;
	} catch (error) {
		return faultOf(error);
	}
}

port.postMessage(await project());
