import { runQueue, type QueueFigures, type QueueSpec } from '../../simulator/models/queue.ts';

export interface KernelBenchAnswer extends QueueFigures {
	model: string;
	customers: number;
	/** Of the whole run with the customers of its warm-up. */
	seconds: number;
	/** Customers that count: those of the warm-up take time but are not among them. */
	customersPerSecond: number;
}

/** Customers of a first run that is not timed: it makes the machine code. */
const REHEARSAL = 50_000;

/** Runs a textbook queue on the kernel's callback path and times it. Waits are in the unit of λ and μ. */
export function benchKernel(spec: QueueSpec): KernelBenchAnswer {
	const { model, customers } = spec;
	runQueue({ ...spec, customers: Math.min(customers, REHEARSAL), warmUp: 0 });
	const began = performance.now();
	const { warmUp, events, ...figures } = runQueue(spec);
	const seconds = (performance.now() - began) / 1_000;
	return { model, customers, warmUp, events, seconds, customersPerSecond: customers / seconds, ...figures };
}
