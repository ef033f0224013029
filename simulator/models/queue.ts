import { exponential, gamma } from '../random/continuous.ts';
import { type Clock, clockFor } from './clock.ts';
import { runNetwork } from './network.ts';
import type { Law } from './station.ts';

export const QUEUE_MODELS = ['mm1', 'mmc', 'mmca', 'mg1', 'tandem'] as const;
export type QueueModel = (typeof QUEUE_MODELS)[number];

export interface QueueSpec {
	/** M/M/1, M/M/c, M/M/c+M (customers with patience), M/G/1, or equal M/M/c stations in series. */
	model: QueueModel;
	lambda: number;
	/** Services per unit of time and server. */
	mu: number;
	/** Of each station; 1 unless the model has more. */
	servers?: number;
	/** `mmca`: rate at which one who waits loses patience. */
	theta?: number;
	/** `mg1`: squared coefficient of variation of the service; see `serviceLaw`. */
	cv2?: number;
	/** `tandem`: stations in series. */
	stages?: number;
	customers: number;
	/** Customers before those that count; without it long enough to forget the empty start. */
	warmUp?: number;
	seed: number;
}

export interface QueueFigures {
	warmUp: number;
	events: number;
	/** Wait of all customers in the unit of the rates: served and gone alike in `mmca`, over all stations in `tandem`. */
	meanWait: number;
	/** Share of customers that could not start at once; in `tandem` of their visits to a station. */
	pWait: number;
	pAbandon: number;
	/** Time average of those who wait, all stations together. */
	meanQueue: number;
	/** Time-average share of servers that are busy. */
	utilisation: number;
}

/** Relaxation times of the warm-up: what is left of the empty start is e^-10 of it. */
const FORGET = 10;

/**
 * Runs one of the textbook queues. Takes any load, also one of 1 and more, which never settles without patience. Throws
 * where the rates lie too far apart for one clock.
 */
export function runQueue(spec: QueueSpec): QueueFigures {
	const { model, lambda, mu, customers, seed, servers = 1 } = spec;
	const warmUp = warmUpOf(spec);
	const { ticks, longestWait, misfit } = clockOf(spec);
	if (misfit !== undefined) throw new RangeError(misfit);
	const station = {
		servers,
		service: model === 'mg1' ? serviceLaw(1 / mu, spec.cv2 ?? 1) : serviceLaw(1 / mu, 1),
		...(model === 'mmca' && { patience: atMost(longestWait, serviceLaw(1 / (spec.theta ?? 0), 1)) })
	};
	const stations = new Array(model === 'tandem' ? (spec.stages ?? 2) : 1).fill(station) as (typeof station)[];
	const run = runNetwork({ stations, lambda, customers, warmUp, ticks, seed });
	const sum = (of: 'meanQueue' | 'utilisation'): number => run.stations.reduce((all, each) => all + each[of], 0);
	return {
		warmUp,
		events: run.events,
		meanWait: run.meanWait,
		pWait: run.pWait,
		pAbandon: run.pAbandon,
		meanQueue: sum('meanQueue'),
		utilisation: sum('utilisation') / stations.length
	};
}

/** The clock by which a queue runs; `misfit` says why none would do. */
export function clockOf(spec: QueueSpec): Clock {
	return clockFor(spec, warmUpOf(spec) + spec.customers);
}

/** Customers who come before those that count. */
export function warmUpOf(spec: QueueSpec): number {
	return spec.warmUp ?? Math.min(spec.customers, Math.ceil(FORGET * relaxation(spec)));
}

function atMost(most: number, law: Law): Law {
	return (stream) => Math.min(most, law(stream));
}

/** Constant at cv² = 0, exponential at 1, else gamma of shape 1/cv² (which is Erlang where that is whole). */
export function serviceLaw(mean: number, cv2: number): Law {
	if (cv2 === 0) return () => mean;
	if (cv2 === 1) return (stream) => exponential(stream, mean);
	return (stream) => gamma(stream, 1 / cv2, mean * cv2);
}

/**
 * Customers that arrive while the state of the queue is forgotten by a factor e: those of one service, and of the
 * relaxation time of M/G/1 in heavy traffic or of the patience, whichever ends sooner.
 */
function relaxation({ model, lambda, mu, servers = 1, theta = 0, cv2 = 1, stages = 2 }: QueueSpec): number {
	const load = lambda / (servers * mu);
	const spread = model === 'mg1' ? Math.max(1, (1 + cv2) / 2) : 1;
	const queue = load < 1 ? (spread * load) / (1 - Math.sqrt(load)) ** 2 : Infinity;
	const patience = model === 'mmca' ? lambda / theta : Infinity;
	return (lambda / mu + Math.min(queue, patience)) * (model === 'tandem' ? stages : 1);
}
