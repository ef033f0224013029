import { Environment } from '../kernel/environment.ts';
import { exponential } from '../random/continuous.ts';
import { deriveStream, type Stream } from '../random/stream.ts';
import { Customer, Station, type StationSpec } from './station.ts';

export interface NetworkSpec {
	stations: readonly StationSpec[];
	/** Arrivals from outside per unit of time, all stations together: a Poisson process. */
	lambda: number;
	/** Where an arrival begins; the first station without it. */
	enter?: (stream: Stream) => number;
	/** Where a customer goes from a station, −1 = away; the next one in the list, then away, without it. */
	route?: (from: number, stream: Stream) => number;
	/** Customers that count, after `warmUp` who come before them and count in no figure. */
	customers: number;
	warmUp: number;
	/** Ticks of the clock per unit of time. */
	ticks: number;
	seed: number;
}

export interface StationFigures {
	/** Time averages from the last arrival of the warm-up (the start without one) to the last arrival. */
	meanQueue: number;
	utilisation: number;
	/** Over the whole run, from empty to empty, in ticks: by Little's law each pair is equal. */
	queueArea: number;
	waited: number;
	busyArea: number;
	served: number;
}

export interface NetworkFigures {
	/** Total wait of a customer over its visits, served or not, in the unit of the rates. */
	meanWait: number;
	/** Share of visits that could not start at once. */
	pWait: number;
	/** Share of customers who went away before being served. */
	pAbandon: number;
	/** Calendar entries of the whole run. */
	events: number;
	stations: StationFigures[];
}

/** Runs an open network of stations on the kernel from empty until the last customer has left. Same seed, same figures. */
export function runNetwork(spec: NetworkSpec): NetworkFigures {
	const { stations: specs, customers, warmUp, ticks, seed } = spec;
	const route = spec.route ?? ((from: number): number => (from + 1 < specs.length ? from + 1 : -1));
	const env = new Environment();
	const arrivals = deriveStream(seed, 'network', 'arrivals');
	const routes = deriveStream(seed, 'network', 'routes');
	const between = ticks / spec.lambda;
	const last = warmUp + customers;
	let arrived = 0;
	let waited = 0;
	let visits = 0;
	let delays = 0;
	let abandoned = 0;

	const stations = specs.map(({ servers, service, patience }, index) => {
		const draw = (law: typeof service, purpose: string): (() => number) => {
			const stream = deriveStream(seed, `station ${index}`, purpose);
			return () => Math.round(law(stream) * ticks);
		};
		const lengths = { service: draw(service, 'services'), patience: patience && draw(patience, 'patience') };
		return new Station(env, servers, lengths, (customer) => {
			if (customer.number > warmUp) visits++;
			const to = customer.abandoned ? -1 : route(index, routes);
			if (to < 0) leave(customer);
			else (stations[to] as Station).visit(customer);
		});
	});
	const leave = (customer: Customer): void => {
		if (customer.number <= warmUp) return;
		waited += customer.waited;
		delays += customer.delays;
		if (customer.abandoned) abandoned++;
	};
	const read = (): { now: number; areas: { busy: number; waiting: number }[] } => ({
		now: env.now,
		areas: stations.map((station) => station.areas.read())
	});
	let opened = read();
	let closed = opened;
	const arrive = (): void => {
		const number = ++arrived;
		if (number === warmUp) opened = read();
		if (number === last) closed = read();
		else env.call(Math.round(exponential(arrivals, between)), arrive);
		(stations[spec.enter?.(routes) ?? 0] as Station).visit(new Customer(number));
	};
	env.call(Math.round(exponential(arrivals, between)), arrive);
	env.run();
	const window = closed.now - opened.now;
	return {
		meanWait: waited / customers / ticks,
		pWait: delays / visits,
		pAbandon: abandoned / customers,
		events: env.processed,
		stations: stations.map((station, index) => {
			const [from, to, whole] = [opened.areas[index]!, closed.areas[index]!, station.areas.read()];
			return {
				meanQueue: (to.waiting - from.waiting) / window,
				utilisation: (to.busy - from.busy) / window / specs[index]!.servers,
				queueArea: whole.waiting,
				waited: station.waited,
				busyArea: whole.busy,
				served: station.served
			};
		})
	};
}
