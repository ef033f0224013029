import { COMPONENTS } from '../../src/lib/domain/events/vocabulary.ts';
import type { Part } from '../faults/impairment.ts';
import type { SimEvent } from '../kernel/event.ts';
import type { Stream } from '../random/stream.ts';
import { span, type World } from './world.ts';

/** From this share of lost answers on, a component counts as down. */
const DOWN = 0.9;

/** Looks at the components of the sites, every few minutes and out of turn, and tells what it finds. */
export class SiteHealth {
	readonly #world: World;
	/** Sites that have failed of themselves. */
	readonly failed = new Set<string>();

	constructor(world: World) {
		this.#world = world;
	}

	open(): void {
		const { sites } = this.#world.profile;
		for (const site of sites.names)
			for (const component of COMPONENTS) {
				const every = component === 'core' ? sites.coreEvery : sites.othersEvery;
				this.#world.env.process(this.#regularly({ site, component }, every), `${component} of ${site}`);
			}
	}

	lookAtAll(site: string): void {
		const stream = this.#world.stream(site, `watch ${this.#world.env.now}`);
		for (const component of COMPONENTS) this.look({ site, component }, stream);
	}

	look({ site, component }: Part, stream: Stream): void {
		const { profile, faults } = this.#world;
		const { degraded, health } = profile.sites;
		const ill = stream.next() < degraded;
		const slow = faults.factor('latency', { site, component });
		const lost = faults.share('part', { site, component });
		const mean = health.latency[component] * (ill ? health.degradedFactor : 1) * slow;
		const latencyMs = span(stream, { mean, cv: health.cv });
		const errors = stream.next() * (ill ? health.errors.degraded : health.errors.usual);
		const errorRate = Math.round(Math.max(errors, lost) * 1e3) / 1e3;
		const down = this.failed.has(site) || lost >= DOWN;
		const status = down ? 'down' : ill || lost > 0 || slow >= 2 ? 'degraded' : 'up';
		this.#world.emit('site.health', { site, component, status, latencyMs, errorRate }, `/sim/bank/site/${site}`);
	}

	*#regularly(part: Part, every: number): Generator<SimEvent, void, unknown> {
		const stream = this.#world.stream(part.site, part.component);
		for (;;) {
			this.look(part, stream);
			yield this.#world.env.timeout(every);
		}
	}
}
