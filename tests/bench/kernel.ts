import { runQueue, type QueueFigures, type QueueSpec } from '../../simulator/models/queue.ts';

export interface KernelBenchAnswer extends QueueFigures {
	model: string;
	customers: number;
	/** Of the whole run with its warm-up. */
	seconds: number;
	/** Customers that count: those of the warm-up take time but are not among them. */
	customersPerSecond: number;
}

/** Runs a textbook queue on the kernel's callback path and times it. Waits are in the unit of λ and μ. */
export function benchKernel(spec: QueueSpec): KernelBenchAnswer {
	const { model, customers } = spec;
	const began = performance.now();
	const { warmUp, events, ...figures } = runQueue(spec);
	const seconds = (performance.now() - began) / 1_000;
	return { model, customers, warmUp, events, seconds, customersPerSecond: customers / seconds, ...figures };
}
