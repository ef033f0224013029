import type { Part } from '../faults/impairment.ts';
import type { SimEvent } from '../kernel/event.ts';
import { exponential } from '../random/continuous.ts';
import type { Stream } from '../random/stream.ts';
import type { Branch } from './network.ts';
import { reconciliation } from './reconciliation.ts';
import { SiteHealth } from './site-health.ts';
import { span, type World } from './world.ts';

/** Number of a site, in the order of the profile's names. */
type Site = 0 | 1;
const BOTH: readonly Site[] = [0, 1];
const other = (site: Site): Site => (site === 0 ? 1 : 0);

/**
 * Two active data centres: each serves the branches that are its own. The balancer asks both all the time whether they are there;
 * once it has noticed that one is lost it moves that one's traffic to the other, and back when it is well again.
 */
export class Sites {
	readonly #world: World;
	readonly #health: SiteHealth;
	/** Which site a branch belongs to. */
	readonly #own = new Map<Branch, Site>();
	/** Which site serves the branches of each. */
	readonly #serving: [Site, Site] = [0, 1];
	/** How many reasons there are for each to be out of service. */
	readonly #lost: [number, number] = [0, 0];
	/** What the balancer takes for lost: the truth as it was some checks ago. */
	readonly #takenForLost: [boolean, boolean] = [false, false];
	/** Counts what became of each, so that the balancer notices only what lasts. */
	readonly #changes: [number, number] = [0, 0];
	readonly #served: [SimEvent<undefined> | null, SimEvent<undefined> | null] = [null, null];
	/** Changes that are not noticed yet. */
	#unnoticed = 0;
	#moving = false;
	/** When something may happen of itself that changes who serves. */
	#nextChange = -Infinity;

	constructor(world: World) {
		this.#world = world;
		this.#health = new SiteHealth(world);
		const { first } = world.profile.sites;
		for (const branch of world.branches) this.#own.set(branch, world.stream(branch.id, 'site').next() < first ? 0 : 1);
	}

	open(): void {
		this.#health.open();
		this.#world.env.process(this.#failures(), 'site failures');
		this.#world.env.process(reconciliation(this.#world), 'reconciliation');
	}

	/** Name of the site to which the requests of a branch go. */
	of(branch: Branch): string {
		return this.#name(this.#serving[this.#own.get(branch) as Site]);
	}

	/** Whether the site to which the requests of a branch go does not answer. */
	out(branch: Branch): boolean {
		if (this.#lost[0] + this.#lost[1] === 0) return false;
		return this.#lost[this.#serving[this.#own.get(branch) as Site]] > 0;
	}

	/** Until then each branch is served by the same site, unless somebody sees to it that it is not. */
	get steadyUntil(): number {
		return this.#unsettled ? -Infinity : this.#nextChange;
	}

	get #unsettled(): boolean {
		return this.#moving || this.#unnoticed > 0 || this.#lost[0] + this.#lost[1] > 0;
	}

	/** Waits until a site serves the branch, and a little, for not everybody asks again at once. */
	*served(branch: Branch, stream: Stream): Generator<SimEvent, void, unknown> {
		const { env, profile } = this.#world;
		const own = this.#own.get(branch) as Site;
		while (this.out(branch)) {
			this.#served[own] ??= env.event('a site serves');
			yield this.#served[own] as SimEvent;
			yield env.timeout(span(stream, profile.sites.retry));
		}
	}

	/** Takes a site out of service until the function that it answers is called. */
	lose(name: string): () => void {
		const site: Site = name === this.#name(0) ? 0 : 1;
		if (this.#lost[site]++ === 0) this.#changed(site);
		return () => {
			if (--this.#lost[site] > 0) return;
			this.#changed(site);
			this.#goOn();
		};
	}

	/** Looks at a part of a site out of turn. */
	look(part: Part, stream: Stream): void {
		this.#health.look(part, stream);
	}

	/** How long it takes until the watch has noticed something that happens some ms from now. */
	noticing(after: number): number {
		const { every, inRow } = this.#world.profile.sites.check;
		const { now } = this.#world.env;
		return (Math.floor((now + after) / every) + inRow) * every - now;
	}

	#name(site: Site): string {
		return this.#world.profile.sites.names[site];
	}

	#changed(site: Site): void {
		const change = ++this.#changes[site];
		this.#unnoticed++;
		this.#world.env.call(this.noticing(0), () => {
			this.#unnoticed--;
			const lost = this.#lost[site] > 0;
			if (change !== this.#changes[site] || lost === this.#takenForLost[site]) return;
			this.#takenForLost[site] = lost;
			this.#health.lookAtAll(this.#name(site));
			this.#settle();
		});
	}

	/** Failures that come of themselves. While a site is lost to a fault they pass, but the next ones come when they would have. */
	*#failures(): Generator<SimEvent, void, unknown> {
		const { env, profile } = this.#world;
		const stream = this.#world.stream('sites', 'failures');
		for (;;) {
			const after = Math.ceil(exponential(stream, profile.sites.betweenFailures));
			this.#nextChange = env.now + after;
			yield env.timeout(after);
			const name = this.#name(stream.int(0, 1) as Site);
			const repair = span(stream, profile.sites.repair);
			this.#nextChange = env.now + repair;
			if (this.#unsettled) {
				yield env.timeout(repair);
				continue;
			}
			this.#health.failed.add(name);
			const regain = this.lose(name);
			yield env.timeout(repair);
			this.#health.failed.delete(name);
			regain();
		}
	}

	/** Which site should serve the branches of one, as far as the balancer knows; it leaves them where they are if none can. */
	#wanted(own: Site): Site {
		if (!this.#takenForLost[own]) return own;
		return this.#takenForLost[other(own)] ? this.#serving[own] : other(own);
	}

	#settle(): void {
		if (this.#moving) return;
		const own = BOTH.find((site) => this.#wanted(site) !== this.#serving[site]);
		if (own === undefined) return this.#goOn();
		const to = this.#wanted(own);
		const from = this.#serving[own];
		const whose = BOTH.filter((site) => this.#serving[site] === from && this.#wanted(site) === to);
		this.#moving = true;
		this.#world.env.process(this.#move(whose, from, to), `take-over by ${this.#name(to)}`);
	}

	/** Moves what belongs to these sites from the one that served it to the other. */
	*#move(whose: readonly Site[], at: Site, next: Site): Generator<SimEvent, void, unknown> {
		const { env, emit, profile } = this.#world;
		const [from, to] = [this.#name(at), this.#name(next)];
		const source = `/sim/bank/site/${to}`;
		const reason = this.#takenForLost[at] ? 'core_unreachable' : 'failback';
		const tookMs = span(this.#world.stream('sites', `take-over ${env.now}`), profile.sites.failover);
		emit('site.failover_started', { from, to, reason }, source);
		yield env.timeout(tookMs);
		this.#moving = false;
		// The one that should have taken over may be lost by now.
		if (this.#lost[next] === 0) {
			for (const own of whose) this.#serving[own] = next;
			emit('site.failover_completed', { from, to, tookMs }, source);
			this.#goOn();
		}
		this.#settle();
	}

	/** Those whose site answers again go on. */
	#goOn(): void {
		for (const own of BOTH) {
			if (this.#lost[this.#serving[own]] > 0) continue;
			this.#served[own]?.succeed();
			this.#served[own] = null;
		}
	}
}
