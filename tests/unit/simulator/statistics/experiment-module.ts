import type { Measures, Run } from '../../../../simulator/statistics/experiment.ts';
import { exponential } from '../../../../simulator/random/continuous.ts';
import { deriveStream } from '../../../../simulator/random/stream.ts';

/** Told through the parameters how to break: how often, counted in memory that all threads share, and in which way. */
export interface Trouble {
	readonly replication: number;
	readonly times: number;
	readonly how: 'throw' | 'exit' | 'nan';
	readonly count: Int32Array;
}

export function replicate({ seed, replication, parameters }: Run): Measures {
	const trouble = parameters['trouble'] as Trouble | undefined;
	if (trouble?.replication === replication && Atomics.add(trouble.count, 0, 1) < trouble.times) {
		if (trouble.how === 'exit') process.exit(3);
		if (trouble.how === 'throw') throw new Error('the teller tripped');
		return { wait: NaN };
	}
	const stream = deriveStream(seed, 'bank', 'service', replication);
	// Odd replications are far longer, so that threads finish out of order.
	const n = replication % 2 === 1 ? 100_000 : 100;
	let sum = 0;
	for (let i = 0; i < n; i++) sum += exponential(stream, 10);
	return { wait: sum / n, replication };
}
