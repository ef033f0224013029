import type { Millis } from '../../../domain/time.ts';
import type { OverviewView } from '../../../protocol/views.ts';
import type { LaneState } from '../fold/lane-state.ts';
import { branchName, type ViewContext } from './context.ts';

type Site = OverviewView['sites'][string];
const WORSE: Record<Site['status'], number> = { unknown: 0, up: 1, degraded: 2, down: 3 };
const STOCK_ROWS = 50;

/** Each site is as well as its worst component; its latency is the largest that was reported. */
export function sitesView(lane: LaneState, now: Millis): OverviewView['sites'] {
	const view: OverviewView['sites'] = {};
	for (const [id, components] of lane.sites) {
		const site: Site = { status: 'unknown', latencyMs: null, age: null };
		for (const { status, latencyMs, at } of components.values()) {
			if (WORSE[status] > WORSE[site.status]) site.status = status;
			if (latencyMs !== null) site.latencyMs = Math.max(site.latencyMs ?? 0, latencyMs);
			site.age = Math.min(site.age ?? Infinity, Math.max(0, now - at));
		}
		view[id] = site;
	}
	return view;
}

/** Stock at or below its threshold, the emptiest first; places that were never counted are unknown and left out. */
export function stockView(context: ViewContext): OverviewView['stock'] {
	const view: OverviewView['stock'] = {};
	for (const { key, ...row } of context.fold.at(context.now).stock.first(STOCK_ROWS)) {
		const { quantity, threshold, branchId, product } = row;
		view[key] = { quantity, threshold, branchId, product, branch: branchName(context, branchId) ?? branchId };
	}
	return view;
}
