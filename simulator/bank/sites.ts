import { COMPONENTS, PAYMENT_CHANNELS } from '../../src/lib/domain/events/vocabulary.ts';
import type { Part } from '../faults/impairment.ts';
import type { SimEvent } from '../kernel/event.ts';
import { exponential } from '../random/continuous.ts';
import { poisson } from '../random/discrete.ts';
import type { Stream } from '../random/stream.ts';
import { DAY } from '../../src/lib/domain/time.ts';
import { span, type World } from './world.ts';

const USUAL: Record<Part['component'], number> = {
	core: 42,
	database: 9,
	network: 6,
	queue: 4,
	gateway: 55,
	balancer: 2,
	registry: 120
};
/** How long a client waits before asking again, once a site serves. */
const RETRY = { mean: 6_000, cv: 0.8 };
const REPAIR = { mean: 2_400_000, cv: 0.5 };

/** Two active data centres: health of each component every few minutes, take-over where one fails, reconciliation every day. */
export class Sites {
	readonly #world: World;
	/** The one that serves. */
	active: string;
	/** The one that serves while both are well. */
	#home: string;
	#moving = false;
	#served: SimEvent<undefined> | null = null;
	readonly #repaired = new Set<string>();
	readonly #lost = new Map<string, number>();
	/** When something may happen of itself that changes who serves. */
	#nextChange = -Infinity;

	constructor(world: World) {
		this.#world = world;
		this.active = this.#home = world.profile.sites.names[0];
	}

	open(): void {
		const { sites } = this.#world.profile;
		for (const site of sites.names)
			for (const component of COMPONENTS) {
				const every = component === 'core' ? sites.coreEvery : sites.othersEvery;
				this.#world.env.process(this.#health({ site, component }, every), `${component} of ${site}`);
			}
		this.#world.env.process(this.#failures(), 'site failures');
		this.#world.env.process(this.#reconciliation(), 'reconciliation');
	}

	/** Whether no site serves now. */
	get out(): boolean {
		return this.#lost.size > 0 && this.#lost.has(this.active);
	}

	/** Until then the same site serves, unless somebody sees to it that it does not. */
	get steadyUntil(): number {
		return this.#moving || this.#lost.size > 0 ? -Infinity : this.#nextChange;
	}

	/** Waits until a site serves, and a little, for not everybody asks again at once. */
	*served(stream: Stream): Generator<SimEvent, void, unknown> {
		const { env } = this.#world;
		while (this.out) {
			this.#served ??= env.event('a site serves');
			yield this.#served as SimEvent;
			yield env.timeout(span(stream, RETRY));
		}
	}

	/** Takes a site out of service until the function that it answers is called; the other one takes over. */
	lose(site: string): () => void {
		this.#lost.set(site, (this.#lost.get(site) ?? 0) + 1);
		this.#settle();
		return () => {
			const left = (this.#lost.get(site) ?? 0) - 1;
			if (left > 0) this.#lost.set(site, left);
			else this.#lost.delete(site);
			this.#settle();
		};
	}

	/** Looks at a part of a site out of turn. */
	look({ site, component }: Part, stream: Stream): void {
		const { profile, faults } = this.#world;
		const ill = stream.next() < profile.sites.degraded;
		const slow = faults.factor('latency', { site, component });
		const lost = faults.share('part', { site, component });
		const latencyMs = span(stream, { mean: USUAL[component] * (ill ? 9 : 1) * slow, cv: 0.2 });
		const errorRate = Math.max(Math.round(stream.next() * (ill ? 50 : 2)), Math.round(lost * 1e3)) / 1e3;
		const down = this.#repaired.has(site) || lost >= 0.9;
		const status = down ? 'down' : ill || lost > 0 || slow >= 2 ? 'degraded' : 'up';
		this.#world.emit('site.health', { site, component, status, latencyMs, errorRate }, `/sim/bank/site/${site}`);
	}

	*#health(part: Part, every: number): Generator<SimEvent, void, unknown> {
		const stream = this.#world.stream(part.site, part.component);
		for (;;) {
			this.look(part, stream);
			yield this.#world.env.timeout(every);
		}
	}

	/** Failures that come of themselves. While a site is lost to a fault they pass, but the next ones come when they would have. */
	*#failures(): Generator<SimEvent, void, unknown> {
		const { env, profile } = this.#world;
		const stream = this.#world.stream('sites', 'failures');
		for (;;) {
			const after = Math.ceil(exponential(stream, profile.sites.betweenFailovers));
			this.#nextChange = env.now + after;
			yield env.timeout(after);
			const tookMs = span(stream, profile.sites.failover);
			const repair = span(stream, REPAIR);
			const from = this.active;
			const alone = this.#moving || this.#lost.size > 0;
			if (!alone) {
				this.#repaired.add(from);
				this.#home = this.#other(from);
				yield* this.#move(this.#home, tookMs);
				this.#settle();
			} else yield env.timeout(tookMs);
			this.#nextChange = env.now + repair;
			yield env.timeout(repair);
			if (!alone) this.#repaired.delete(from);
		}
	}

	#other(site: string): string {
		const { names } = this.#world.profile.sites;
		return site === names[0] ? names[1] : names[0];
	}

	/** Whoever should serve does, as far as somebody can. */
	#settle(): void {
		if (this.#moving) return;
		const to = [this.#home, this.#other(this.#home)].find((site) => !this.#lost.has(site));
		if (to !== undefined && to !== this.active) {
			this.#world.env.process(this.#takeOver(to), `take-over by ${to}`);
			return;
		}
		if (this.out) return;
		this.#served?.succeed();
		this.#served = null;
	}

	*#takeOver(to: string): Generator<SimEvent, void, unknown> {
		const stream = this.#world.stream('sites', `take-over ${this.#world.env.now}`);
		yield* this.#move(to, span(stream, this.#world.profile.sites.failover));
		this.#settle();
	}

	*#move(to: string, tookMs: number): Generator<SimEvent, void, unknown> {
		const { env } = this.#world;
		const from = this.active;
		const source = `/sim/bank/site/${to}`;
		const reason = this.#repaired.has(from) || this.#lost.has(from) ? 'core_unreachable' : 'failback';
		this.#moving = true;
		this.#world.emit('site.failover_started', { from, to, reason }, source);
		yield env.timeout(tookMs);
		this.#moving = false;
		// The one that should have taken over may be lost by now.
		if (this.#lost.has(to)) return;
		this.active = to;
		this.#world.emit('site.failover_completed', { from, to, tookMs }, source);
	}

	/** Every day the channels' copies are compared. */
	*#reconciliation(): Generator<SimEvent, void, unknown> {
		const { env, bankBranches, region } = this.#world;
		const stream = this.#world.stream('reconciliation', 'differences');
		for (;;) {
			yield env.timeout(DAY);
			for (const channel of PAYMENT_CHANNELS) {
				const differences = poisson(stream, 0.3);
				const compared = bankBranches * 120;
				if (region === '')
					this.#world.emit('consistency.checked', { channel, compared, differences, repaired: differences });
			}
		}
	}
}
