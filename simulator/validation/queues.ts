import { runQueue, type QueueFigures, type QueueSpec } from '../models/queue.ts';
import { erlangA, mg1, mmc } from '../models/theory.ts';
import { acrossReplications, type Interval } from '../statistics/interval.ts';

export interface Effort {
	seed: number;
	/** Runs that do not depend on each other, at least 2. */
	replications: number;
	/** Customers of each. */
	customers: number;
}

type Measure = 'meanWait' | 'pWait' | 'pAbandon' | 'meanQueue';
type Model = Omit<QueueSpec, 'customers' | 'seed'>;

export interface Check {
	name: string;
	measure: Measure;
	theory: number;
	simulated: Interval;
	inside: boolean;
}

const CONFIDENCE = 0.99;

/** Textbook queues with their closed forms, times in means of a service. */
const BOOK: readonly { name: string; model: Model; theory: Partial<Record<Measure, number>> }[] = [
	{ name: 'M/M/1, ρ 0.8', model: { model: 'mm1', lambda: 0.8, mu: 1 }, theory: ofLine(mmc(1, 0.8, 1)) },
	{ name: 'M/M/5, ρ 0.8', model: { model: 'mmc', servers: 5, lambda: 4, mu: 1 }, theory: ofLine(mmc(5, 4, 1)) },
	{ name: 'M/M/20, ρ 0.9', model: { model: 'mmc', servers: 20, lambda: 18, mu: 1 }, theory: ofLine(mmc(20, 18, 1)) },
	{
		name: 'M/M/10+M, ρ 1.1, θ 0.5',
		model: { model: 'mmca', servers: 10, lambda: 11, mu: 1, theta: 0.5 },
		theory: { ...ofLine(erlangA(10, 11, 1, 0.5)), pAbandon: erlangA(10, 11, 1, 0.5).pAbandon }
	},
	{ name: 'M/D/1, ρ 0.8', model: { model: 'mg1', lambda: 0.8, mu: 1, cv2: 0 }, theory: { meanWait: mg1(0.8, 1, 1) } },
	{
		name: 'M/G/1, ρ 0.8, cv² 4',
		model: { model: 'mg1', lambda: 0.8, mu: 1, cv2: 4 },
		theory: { meanWait: mg1(0.8, 1, 5) }
	},
	{
		name: 'two M/M/1 in series, ρ 0.7',
		model: { model: 'tandem', lambda: 0.7, mu: 1 },
		theory: { meanWait: 2 * mmc(1, 0.7, 1).wait }
	}
];

function ofLine({
	wait,
	pWait,
	queue
}: {
	wait: number;
	pWait: number;
	queue: number;
}): Partial<Record<Measure, number>> {
	return { meanWait: wait, pWait, meanQueue: queue };
}

/** One figure of a model over replications that do not depend on each other. */
export function simulated(model: Model, measure: Measure, { seed, replications, customers }: Effort): Interval {
	return measures(model, { seed, replications, customers })(measure);
}

function measures(model: Model, { seed, replications, customers }: Effort): (measure: Measure) => Interval {
	const runs: QueueFigures[] = Array.from({ length: replications }, (_, run) =>
		runQueue({ ...model, customers, seed: seed * 1_000 + run })
	);
	return (measure) =>
		acrossReplications(
			runs.map((run) => run[measure]),
			CONFIDENCE
		);
}

/** Runs the book on the kernel and holds each figure against its closed form with a 99 % interval. */
export function* checkQueues(effort: Effort): Generator<Check> {
	for (const { name, model, theory } of BOOK) {
		const found = measures(model, effort);
		for (const [measure, value] of Object.entries(theory) as [Measure, number][]) {
			const interval = found(measure);
			const inside = Math.abs(interval.mean - value) <= interval.halfWidth;
			yield { name, measure, theory: value, simulated: interval, inside };
		}
	}
}
