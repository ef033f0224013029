import { heatmap } from '../../../../analytics/heatmap/heatmap.ts';
import type { Store } from '../../../../analytics/store.ts';
import type { Lane } from '../../domain/lane.ts';
import type { Policy } from '../../domain/sla/policy.ts';
import { DAY, type Millis } from '../../domain/time.ts';
import { handlingTarget } from './handling-target.ts';
import type { HeatSummary } from './views/context.ts';

/** How far back a heatmap looks where nobody says. */
export const HEAT_WINDOW = 28 * DAY;

/** The last count of each lane's heatmap, so that a page of all branches need not count a month of visits. */
export class HeatKeeper {
	readonly #policy: Policy;
	readonly #kept = new Map<Lane, HeatSummary>();

	constructor(policy: Policy) {
		this.#policy = policy;
	}

	of(lane: Lane): HeatSummary | undefined {
		return this.#kept.get(lane);
	}

	/** Counts the weeks up to `to` anew. */
	async count(store: Store, lane: Lane, to: Millis): Promise<void> {
		const { everywhere: target, branches: ownTargets } = handlingTarget(this.#policy);
		const from = to - HEAT_WINDOW;
		const cells = await heatmap(store, { lane, from, to, target, ownTargets });
		this.#kept.set(lane, { cells, from, to, peaks: new Map() });
	}
}
