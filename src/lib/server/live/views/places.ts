import type { Millis } from '../../../domain/time.ts';
import { DAY, HOUR } from '../../../domain/time.ts';
import type { OverviewView } from '../../../protocol/views.ts';
import { heard } from '../fold/operations.ts';
import type { BranchState, LaneState } from '../fold/lane-state.ts';
import { hourOf } from '../slots.ts';
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
	const low: { key: string; quantity: number; threshold: number; branchId: string; product: string }[] = [];
	for (const [key, { quantity, threshold, branchId, product }] of context.fold.state.stock) {
		if (quantity === null || threshold === null || quantity > threshold) continue;
		low.push({ key, quantity, threshold, branchId, product });
	}
	low.sort((a, b) => a.quantity - b.quantity || (a.key < b.key ? -1 : 1));
	const view: OverviewView['stock'] = {};
	for (const { key, ...row } of low.slice(0, STOCK_ROWS)) {
		view[key] = { ...row, branch: branchName(context, row.branchId) ?? row.branchId };
	}
	return view;
}

export interface Silent {
	branchId: string;
	last: Millis;
	/** Events one would have expected since then. */
	expected: number;
}

/** Beyond this many expected events a silence is no accident: its chance is below one in a thousand. */
const SURE = 7;

/** Events expected of a branch in one hour of today: the mean of the same hour of the days before. */
function usualIn(branch: BranchState, hour: number, oldest: number): number | null {
	let sum = 0;
	let days = 0;
	for (let back = 24; back <= 7 * 24; back += 24) {
		if (hour - back <= oldest) break;
		const count = heard(branch, hour - back);
		if (count === null) break;
		sum += count;
		days += 1;
	}
	return days === 0 ? null : sum / days;
}

/** Branches that have been silent for longer than their usual traffic allows. */
export function silentBranches(lane: LaneState, now: Millis): Silent[] {
	const silent: Silent[] = [];
	const oldest = lane.oldest === null ? Infinity : hourOf(lane.oldest);
	for (const [branchId, branch] of lane.branches) {
		if (branch.last === -Infinity || now - branch.last > 2 * DAY) continue;
		let expected = 0;
		for (let hour = hourOf(branch.last); hour <= hourOf(now); hour += 1) {
			const from = Math.max(branch.last, hour * HOUR);
			const to = Math.min(now, (hour + 1) * HOUR);
			expected += (usualIn(branch, hour, oldest) ?? 0) * (Math.max(0, to - from) / HOUR);
		}
		if (expected >= SURE) silent.push({ branchId, last: branch.last, expected });
	}
	return silent.sort((a, b) => b.expected - a.expected);
}
