/** Closed forms of queueing and stock theory, in any one unit of time. Each names where it comes from. */

export interface WaitingLine {
	pWait: number;
	/** Mean wait before service. */
	wait: number;
	/** Mean number waiting. */
	queue: number;
}

/** Loss probability of M/M/c/c at offered load a, by recursion (Erlang 1917). */
export function erlangB(servers: number, load: number): number {
	let blocked = 1;
	for (let k = 1; k <= servers; k++) blocked = (load * blocked) / (k + load * blocked);
	return blocked;
}

/** M/M/c after Erlang C (1917); c = 1 is M/M/1. */
export function mmc(servers: number, lambda: number, mu: number): WaitingLine {
	const load = lambda / mu;
	const blocked = erlangB(servers, load);
	const pWait = (servers * blocked) / (servers - load * (1 - blocked));
	const wait = pWait / (servers * mu - lambda);
	return { pWait, wait, queue: lambda * wait };
}

/** Long-run probabilities of a birth-death process on 0 … last, by its balance equations. */
export function birthDeath(last: number, birth: (state: number) => number, death: (state: number) => number): number[] {
	const logs = [0];
	for (let k = 1; k <= last; k++) logs.push((logs[k - 1] as number) + Math.log(birth(k - 1) / death(k)));
	const top = Math.max(...logs);
	const weights = logs.map((log) => Math.exp(log - top));
	const sum = weights.reduce((all, weight) => all + weight, 0);
	return weights.map((weight) => weight / sum);
}

const mean = (probabilities: readonly number[], of: (state: number) => number): number =>
	probabilities.reduce((sum, p, state) => sum + p * of(state), 0);

/** M/M/c+M, Erlang A (Palm 1957): the wait is of all customers, E[W] = P(abandon)/θ. */
export function erlangA(
	servers: number,
	lambda: number,
	mu: number,
	theta: number
): WaitingLine & { pAbandon: number; utilisation: number } {
	const rate = (k: number): number => Math.min(k, servers) * mu + Math.max(0, k - servers) * theta;
	const last = servers + Math.ceil((40 * lambda) / Math.min(mu, theta)) + 200;
	const p = birthDeath(last, () => lambda, rate);
	const queue = mean(p, (k) => Math.max(0, k - servers));
	const pWait = mean(p, (k) => Number(k >= servers));
	const utilisation = mean(p, (k) => Math.min(k, servers)) / servers;
	return { pWait, queue, wait: queue / lambda, pAbandon: (theta * queue) / lambda, utilisation };
}

/** Mean wait of M/G/1 by the first two moments of its service (Pollaczek 1930, Khinchine 1932). */
export const mg1 = (lambda: number, first: number, second: number): number =>
	(lambda * second) / (2 * (1 - lambda * first));

/** Moments of the time a service takes with breakdowns at rate ξ while it works, resumed after repair (White & Christie 1958). */
export function completion(
	service: readonly [number, number],
	xi: number,
	repair: readonly [number, number]
): [number, number] {
	const stretch = 1 + xi * repair[0];
	return [service[0] * stretch, service[1] * stretch ** 2 + service[0] * xi * repair[1]];
}

/** Mean waits of M/G/1 with non-preemptive priorities, the most urgent class first (Cobham 1954). */
export function cobham(classes: readonly { lambda: number; first: number; second: number }[]): number[] {
	const residual = classes.reduce((sum, { lambda, second }) => sum + (lambda * second) / 2, 0);
	let above = 0;
	return classes.map(({ lambda, first }) => {
		const upTo = above + lambda * first;
		const wait = residual / ((1 - above) * (1 - upTo));
		above = upTo;
		return wait;
	});
}

/** Flows of an open network: λ = γ + Pᵀλ (Jackson 1957), by substitution, which converges since all leave in the end. */
export function traffic(external: readonly number[], routing: readonly (readonly number[])[]): number[] {
	let flows = [...external];
	for (let round = 0; round < 1_000; round++)
		flows = external.map((from, to) => flows.reduce((sum, flow, at) => sum + flow * (routing[at]?.[to] ?? 0), from));
	return flows;
}

/** Throughput and mean numbers at the stations of a closed network of single servers (exact MVA, Reiser & Lavenberg 1980). */
export function closedNetwork(demands: readonly number[], jobs: number): { throughput: number; present: number[] } {
	let present = demands.map(() => 0);
	let throughput = 0;
	for (let n = 1; n <= jobs; n++) {
		const stays = demands.map((demand, k) => demand * (1 + (present[k] as number)));
		throughput = n / stays.reduce((sum, stay) => sum + stay, 0);
		present = stays.map((stay) => throughput * stay);
	}
	return { throughput, present };
}

/** Machines that fail at rate λ each and repairers of rate μ: the finite source M/M/c//K (Palm 1947). */
export function machineRepair(
	machines: number,
	repairers: number,
	lambda: number,
	mu: number
): { down: number; wait: number; utilisation: number } {
	const rate = (k: number): number => Math.min(k, repairers) * mu;
	const p = birthDeath(machines, (k) => (machines - k) * lambda, rate);
	const down = mean(p, (k) => k);
	const waiting = mean(p, (k) => Math.max(0, k - repairers));
	const busy = mean(p, (k) => Math.min(k, repairers));
	return { down, wait: waiting / (lambda * (machines - down)), utilisation: busy / repairers };
}

export function poissonProbabilities(rate: number, last: number): number[] {
	const p = [Math.exp(-rate)];
	for (let k = 1; k <= last; k++) p.push(((p[k - 1] as number) * rate) / k);
	return p;
}

/** Cost a period of (s,S) with Poisson demand, no lead time: holding h and shortage p a piece, K an order (Zheng & Federgruen 1991). */
export function reviewCost(
	{ demand, order, holding, shortage }: { demand: number; order: number; holding: number; shortage: number },
	low: number,
	high: number
): number {
	const p = poissonProbabilities(demand, Math.ceil(demand + 12 * Math.sqrt(demand) + 30));
	const cost = (level: number): number => mean(p, (d) => (level >= d ? holding * (level - d) : shortage * (d - level)));
	const renewals: number[] = [];
	let periods = 0;
	let total = order;
	for (let j = 0; j < high - low; j++) {
		const before = renewals.reduce((sum, m, i) => sum + m * (p[j - i] ?? 0), j === 0 ? 1 : 0);
		const m = before / (1 - (p[0] as number));
		renewals.push(m);
		periods += m;
		total += m * cost(high - j);
	}
	return total / periods;
}

/** Continuous review: order Q when the position falls to R, Poisson demand, lead time of any law (Hadley & Whitin 1963). */
export function reorderPoint(
	demandInLead: number,
	low: number,
	size: number
): { fill: number; backorders: number; onHand: number } {
	const p = poissonProbabilities(demandInLead, Math.ceil(demandInLead + 12 * Math.sqrt(demandInLead) + low + size));
	const sum = { fill: 0, backorders: 0, onHand: 0 };
	for (let position = low + 1; position <= low + size; position++) {
		sum.fill += mean(p, (x) => Number(x < position)) / size;
		sum.backorders += mean(p, (x) => Math.max(0, x - position)) / size;
		sum.onHand += mean(p, (x) => Math.max(0, position - x)) / size;
	}
	return sum;
}
