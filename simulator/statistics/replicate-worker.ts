import { parentPort, workerData } from 'node:worker_threads';
import type { Experiment, Measures, Reply, Setting } from './experiment.ts';

/** The thread in which replications run: loads the experiment, then answers one number after the other. */
const { module, seed, parameters } = workerData as Setting;
const port = parentPort;

async function run(replication: number): Promise<Reply> {
	try {
		const experiment = (await import(module)) as Experiment;
		return { replication, measures: figures(await experiment.replicate({ seed, replication, parameters })) };
	} catch (error) {
		return { replication, error: error instanceof Error ? error : new Error(String(error)) };
	}
}

function figures(measures: Measures): Measures {
	for (const [name, value] of Object.entries(measures))
		if (!Number.isFinite(value)) throw new RangeError(`measure "${name}" is ${value}, expected a finite number`);
	return measures;
}

port?.on('message', (replication: number) => void run(replication).then((reply) => port.postMessage(reply)));
