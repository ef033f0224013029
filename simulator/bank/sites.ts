import { COMPONENTS, PAYMENT_CHANNELS } from '../../src/lib/domain/events/vocabulary.ts';
import type { SimEvent } from '../kernel/event.ts';
import { exponential } from '../random/continuous.ts';
import { poisson } from '../random/discrete.ts';
import { DAY } from '../../src/lib/domain/time.ts';
import { span, type World } from './world.ts';

type Component = (typeof COMPONENTS)[number];
const USUAL: Record<Component, number> = {
	core: 42,
	database: 9,
	network: 6,
	queue: 4,
	gateway: 55,
	balancer: 2,
	registry: 120
};

/** Two active data centres: health of each component every few minutes, now and then a fail-over. */
export class Sites {
	readonly #world: World;
	active: string;
	readonly #down = new Set<string>();

	constructor(world: World) {
		this.#world = world;
		this.active = world.profile.sites.names[0];
	}

	open(): void {
		const { sites } = this.#world.profile;
		for (const site of sites.names)
			for (const component of COMPONENTS) {
				const every = component === 'core' ? sites.coreEvery : sites.othersEvery;
				this.#world.env.process(this.#health(site, component, every), `${component} of ${site}`);
			}
		this.#world.env.process(this.#failures(), 'site failures');
		this.#world.env.process(this.#reconciliation(), 'reconciliation');
	}

	*#health(site: string, component: Component, every: number): Generator<SimEvent, void, unknown> {
		const { env, profile } = this.#world;
		const stream = this.#world.stream(site, component);
		for (;;) {
			const degraded = stream.next() < profile.sites.degraded;
			const latencyMs = span(stream, { mean: USUAL[component] * (degraded ? 9 : 1), cv: 0.2 });
			const errorRate = degraded ? Math.round(stream.next() * 50) / 1e3 : Math.round(stream.next() * 2) / 1e3;
			const status = this.#down.has(site) ? 'down' : degraded ? 'degraded' : 'up';
			this.#world.emit('site.health', { site, component, status, latencyMs, errorRate }, `/sim/bank/site/${site}`);
			yield env.timeout(every);
		}
	}

	*#failures(): Generator<SimEvent, void, unknown> {
		const { env, profile } = this.#world;
		const { names, betweenFailovers, failover } = profile.sites;
		const stream = this.#world.stream('sites', 'failures');
		for (;;) {
			yield env.timeout(Math.ceil(exponential(stream, betweenFailovers)));
			const from = this.active;
			const to = from === names[0] ? names[1] : names[0];
			const source = `/sim/bank/site/${to}`;
			this.#down.add(from);
			this.#world.emit('site.failover_started', { from, to, reason: 'core_unreachable' }, source);
			const tookMs = span(stream, failover);
			yield env.timeout(tookMs);
			this.active = to;
			this.#world.emit('site.failover_completed', { from, to, tookMs }, source);
			yield env.timeout(span(stream, { mean: 2_400_000, cv: 0.5 }));
			this.#down.delete(from);
		}
	}

	*#reconciliation(): Generator<SimEvent, void, unknown> {
		const { env, branches } = this.#world;
		const stream = this.#world.stream('reconciliation', 'differences');
		for (;;) {
			yield env.timeout(DAY);
			for (const channel of PAYMENT_CHANNELS) {
				const differences = poisson(stream, 0.3);
				const compared = branches.length * 120;
				this.#world.emit('consistency.checked', { channel, compared, differences, repaired: differences });
			}
		}
	}
}
