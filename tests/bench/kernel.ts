import { Environment } from '../../simulator/kernel/environment.ts';
import { Resource } from '../../simulator/kernel/resource.ts';
import { exponential } from '../../simulator/random/continuous.ts';
import { deriveStream } from '../../simulator/random/stream.ts';

export interface KernelBenchOptions {
	model: 'mm1' | 'mmc';
	servers?: number;
	/** Arrivals per unit of time. */
	lambda: number;
	/** Services per unit of time and server. */
	mu: number;
	customers: number;
	seed: number;
}

export interface KernelBenchAnswer {
	model: string;
	customers: number;
	events: number;
	seconds: number;
	customersPerSecond: number;
	/** In the unit of λ and μ. */
	meanWait: number;
	pWait: number;
	meanQueue: number;
	utilisation: number;
}

/** Ticks per unit of time: fine enough that rounding does not show in any figure printed. */
const TICKS = 1_000_000;

/** Runs M/M/1 or M/M/c on the kernel's callback path, from empty until the last customer has left. */
export function benchKernel(options: KernelBenchOptions): KernelBenchAnswer {
	const servers = options.model === 'mm1' ? 1 : (options.servers ?? 1);
	const env = new Environment();
	const resource = new Resource(env, servers, 'server');
	const arrivals = deriveStream(options.seed, 'queue', 'arrivals');
	const services = deriveStream(options.seed, 'queue', 'services');
	const between = TICKS / options.lambda;
	const service = TICKS / options.mu;
	let left = options.customers;
	let waited = 0;
	let waiters = 0;
	let busy = 0;
	const leave = (): void => resource.free();
	const arrive = (): void => {
		const at = env.now;
		if (--left > 0) env.call(Math.round(exponential(arrivals, between)), arrive);
		resource.seize(() => {
			const wait = env.now - at;
			waited += wait;
			if (wait > 0) waiters++;
			const length = Math.round(exponential(services, service));
			busy += length;
			env.call(length, leave);
		});
	};
	const began = performance.now();
	env.call(Math.round(exponential(arrivals, between)), arrive);
	env.run();
	const seconds = (performance.now() - began) / 1_000;
	const n = options.customers;
	return {
		model: options.model,
		customers: n,
		events: env.processed,
		seconds,
		customersPerSecond: n / seconds,
		meanWait: waited / n / TICKS,
		pWait: waiters / n,
		meanQueue: waited / env.now,
		utilisation: busy / (env.now * servers)
	};
}
