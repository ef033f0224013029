import { parentPort } from 'node:worker_threads';
import { type RegionTask, runRegion } from './region-run.ts';

/** A thread of a crew: runs the regions it is given, one after the other. */
const port = parentPort;
if (port) port.on('message', (task: RegionTask) => port.postMessage(runRegion(task)));
