import { Environment } from '../../../simulator/kernel/environment.ts';
import type { SimEvent } from '../../../simulator/kernel/event.ts';
import { Interrupt } from '../../../simulator/kernel/error.ts';
import type { Process } from '../../../simulator/kernel/process.ts';
import { PriorityResource, Resource } from '../../../simulator/kernel/resource.ts';
import type { Law } from '../../../simulator/models/station.ts';
import { exponential } from '../../../simulator/random/continuous.ts';
import { deriveStream, type Stream } from '../../../simulator/random/stream.ts';
import { Census } from './census.ts';

// Textbook models in process style: what the queues of the bench do not have, each with a census for Little's law.

export type Body = Generator<SimEvent, void, unknown>;

export const TICKS = 1_000_000;
export const ticks = (time: number): number => Math.round(time * TICKS);

/** Lets customers come one after the other at exponential distances. */
export function arrivals(
	env: Environment,
	stream: Stream,
	rate: number,
	count: number,
	come: (number: number) => Body
): void {
	function* source(): Body {
		for (let number = 0; number < count; number++) {
			yield env.timeout(ticks(exponential(stream, 1 / rate)));
			env.process(come(number), `customer ${number}`);
		}
	}
	env.process(source(), 'source');
}

/** M/M/1 with non-preemptive priorities: mean waits by class, the most urgent first. Mean service 1. */
export function priorities(rates: readonly number[], count: number, warmUp: number, seed: number) {
	const env = new Environment();
	const desk = new PriorityResource(env, 1, 'desk');
	const census = rates.map(() => new Census(env));
	const waits = rates.map(() => ({ sum: 0, count: 0 }));
	const rate = rates.reduce((sum, each) => sum + each, 0);
	const [coming, kinds, services] = ['arrivals', 'kinds', 'services'].map((name) => deriveStream(seed, 'desk', name));
	function* customer(number: number): Body {
		let draw = kinds!.next() * rate;
		const kind = rates.findIndex((each) => (draw -= each) < 0);
		const leave = census[kind]!.enter();
		const came = env.now;
		const request = desk.request(kind);
		yield request as SimEvent;
		if (number >= warmUp) {
			waits[kind]!.sum += env.now - came;
			waits[kind]!.count++;
		}
		yield env.timeout(ticks(exponential(services!, 1)));
		desk.release(request);
		leave();
	}
	arrivals(env, coming!, rate, count + warmUp, customer);
	env.run();
	return { waits: waits.map(({ sum, count: n }) => sum / n / TICKS), census };
}

/** Machines that fail and are repaired: mean number down and mean wait for a repairer from `from` to `to`. */
export function machineShop(
	shop: { machines: number; repairers: number; lambda: number; mu: number },
	[from, to]: readonly [number, number],
	seed: number
) {
	const env = new Environment();
	const crew = new Resource(env, shop.repairers, 'crew');
	const down = new Census(env);
	let waited = 0;
	let repairs = 0;
	function* machine(number: number): Body {
		const chance = deriveStream(seed, `machine ${number}`, 'life');
		for (;;) {
			yield env.timeout(ticks(exponential(chance, 1 / shop.lambda)));
			// A machine that fails after the end is not looked at any more, so that the shop ends with all of them up.
			if (env.now > ticks(to)) return;
			const mend = down.enter();
			const failed = env.now;
			const request = crew.request();
			yield request as SimEvent;
			if (failed >= ticks(from)) {
				waited += env.now - failed;
				repairs++;
			}
			yield env.timeout(ticks(exponential(chance, 1 / shop.mu)));
			crew.release(request);
			mend();
		}
	}
	for (let number = 0; number < shop.machines; number++) env.process(machine(number), `machine ${number}`);
	env.run(ticks(from));
	const { mean } = down.during(() => env.run(ticks(to)));
	env.run();
	return { down: mean, wait: waited / repairs / TICKS, census: down };
}

/** Jobs that go round a closed network of single servers: throughput and mean numbers present from `from` to `to`. */
export function closedJobs(
	demands: readonly number[],
	jobs: number,
	[from, to]: readonly [number, number],
	seed: number
) {
	const env = new Environment();
	const stations = demands.map((demand, at) => ({
		demand,
		desk: new Resource(env, 1, `station ${at}`),
		census: new Census(env),
		chance: deriveStream(seed, `station ${at}`, 'services')
	}));
	let rounds = 0;
	function* job(): Body {
		for (; env.now <= ticks(to); rounds++) {
			for (const { demand, desk, census, chance } of stations) {
				const leave = census.enter();
				const request = desk.request();
				yield request as SimEvent;
				yield env.timeout(ticks(exponential(chance, demand)));
				desk.release(request);
				leave();
			}
		}
	}
	for (let number = 0; number < jobs; number++) env.process(job(), `job ${number}`);
	const census = stations.map((station) => station.census);
	env.run(ticks(from));
	rounds = 0;
	for (const { level } of census) level.reset(env.now);
	env.run(ticks(to));
	const throughput = rounds / (to - from);
	const present = census.map(({ level }) => level.mean(env.now));
	env.run();
	return { throughput, present, census };
}

/** M/M/1 whose server breaks down while it works and goes on after repair: mean wait. Means 1 of service and repair. */
export function breakdowns(lambda: number, xi: number, count: number, warmUp: number, seed: number) {
	const env = new Environment();
	const desk = new Resource(env, 1, 'desk');
	const census = new Census(env);
	const [coming, services, faults] = ['arrivals', 'services', 'faults'].map((name) => deriveStream(seed, 'desk', name));
	let waited = 0;
	/** Breaks down whoever is still served by then. */
	function* fault(served: Process): Body {
		yield env.timeout(ticks(exponential(faults!, 1 / xi)));
		if (served.alive) served.interrupt('breakdown');
	}
	function* work(length: number): Body {
		for (let rest = length; rest > 0;) {
			const began = env.now;
			try {
				yield env.timeout(rest);
				rest = 0;
			} catch (error) {
				if (!(error instanceof Interrupt)) throw error;
				rest -= env.now - began;
				yield env.timeout(ticks(exponential(faults!, 1)));
				env.process(fault(env.running!), 'fault');
			}
		}
	}
	function* customer(number: number): Body {
		const leave = census.enter();
		const came = env.now;
		const request = desk.request();
		yield request as SimEvent;
		if (number >= warmUp) waited += env.now - came;
		const served = env.process(work(ticks(exponential(services!, 1))), `service ${number}`);
		env.process(fault(served as Process), 'fault');
		yield served as SimEvent;
		desk.release(request);
		leave();
	}
	arrivals(env, coming!, lambda, count + warmUp, customer);
	env.run();
	return { wait: waited / count / TICKS, census };
}

/** M/G/∞: mean and variance over time of the number present from `from` to `to`. */
export function endless(lambda: number, service: Law, [from, to]: readonly [number, number], seed: number) {
	const env = new Environment();
	const census = new Census(env);
	const [coming, services] = ['arrivals', 'services'].map((name) => deriveStream(seed, 'room', name));
	function* guest(): Body {
		const leave = census.enter();
		yield env.timeout(ticks(service(services!)));
		leave();
	}
	arrivals(env, coming!, lambda, Math.ceil(lambda * to * 1.1), guest);
	env.run(ticks(from));
	const present = census.during(() => env.run(ticks(to)));
	env.run();
	return { ...present, census };
}
