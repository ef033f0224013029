import type { Happening } from '../../../domain/events/event.ts';
import type { EventData, EventName } from '../../../domain/events/catalogue.ts';
import { DAY, type Millis } from '../../../domain/time.ts';
import { hourOf, KEPT_SLOTS } from '../slots.ts';
import type { BranchState, LaneState, SiteComponent, StockState } from './lane-state.ts';

type Data<N extends EventName> = EventData<N>;

function branchOf(lane: LaneState, id: string): BranchState {
	let branch = lane.branches.get(id);
	if (!branch) {
		branch = {
			name: null,
			city: null,
			province: null,
			last: -Infinity,
			hours: new Uint16Array(KEPT_SLOTS),
			head: -1
		};
		lane.branches.set(id, branch);
	}
	return branch;
}

/** Notes that a branch was heard of. */
export function hear(lane: LaneState, id: string, at: Millis): void {
	const branch = branchOf(lane, id);
	if (at > branch.last) branch.last = at;
	const hour = hourOf(at);
	if (branch.head < 0) branch.head = hour;
	if (hour <= branch.head - KEPT_SLOTS) return;
	if (hour - branch.head >= KEPT_SLOTS) branch.hours.fill(0);
	else for (let gap = branch.head + 1; gap <= hour; gap += 1) branch.hours[gap % KEPT_SLOTS] = 0;
	if (hour > branch.head) branch.head = hour;
	const at24 = hour % KEPT_SLOTS;
	branch.hours[at24] = Math.min(65_535, (branch.hours[at24] ?? 0) + 1);
}

/** Events of a branch in an hour; null where that hour is not kept. */
export function heard(branch: BranchState, hour: number): number | null {
	if (hour > branch.head) return 0;
	return hour <= branch.head - KEPT_SLOTS ? null : (branch.hours[hour % KEPT_SLOTS] ?? null);
}

export const stockKey = (branchId: string, product: string): string => `${branchId}|${product}`;

function stockOf(lane: LaneState, branchId: string, product: string, at: Millis): StockState {
	const key = stockKey(branchId, product);
	let stock = lane.stock.get(key);
	if (!stock) lane.stock.set(key, (stock = { branchId, product, quantity: null, threshold: null, at }));
	stock.at = at;
	return stock;
}

function move(lane: LaneState, branchId: string, product: string, by: number, at: Millis): void {
	const stock = stockOf(lane, branchId, product, at);
	if (stock.quantity !== null) stock.quantity += by;
}

function repeat(lane: LaneState, data: Data<'case.reported'>, at: Millis): void {
	if (!data.deviceId) return;
	const kept = (lane.deviceReports.get(data.deviceId) ?? []).filter((report) => report.at > at - DAY);
	kept.push({ at, customer: data.customerRef, caseId: data.caseId });
	lane.deviceReports.set(data.deviceId, kept.slice(-50));
	if (lane.deviceReports.size < 50_000) return;
	for (const [device, reports] of lane.deviceReports) {
		if (reports.every((report) => report.at <= at - DAY)) lane.deviceReports.delete(device);
	}
}

function device(lane: LaneState, status: 'up' | 'degraded' | 'down', data: Data<'device.up'>, at: Millis): void {
	if (status === 'up') lane.devices.delete(data.deviceId);
	else lane.devices.set(data.deviceId, { branchId: data.branchId, kind: data.kind ?? null, status, since: at });
}

function site(lane: LaneState, data: Data<'site.health'>, at: Millis): void {
	let components = lane.sites.get(data.site);
	if (!components) lane.sites.set(data.site, (components = new Map()));
	const status = data.status as SiteComponent['status'];
	const before = components.get(data.component);
	const since = before?.status === status ? before.since : at;
	components.set(data.component, { status, latencyMs: data.latencyMs ?? null, at, since });
}

/** Carries everything that is not about the flow of cases: branches, stock, devices, sites, repeated devices. */
export function foldOperation(lane: LaneState, name: EventName, event: Happening, at: Millis): void {
	switch (name) {
		case 'case.reported':
			return repeat(lane, event.data as Data<'case.reported'>, at);
		case 'branch.opened': {
			const data = event.data as Data<'branch.opened'>;
			Object.assign(branchOf(lane, data.branchId), { name: data.name, city: data.city, province: data.province });
			return;
		}
		case 'stock.counted': {
			const data = event.data as Data<'stock.counted'>;
			stockOf(lane, data.branchId, data.product, at).quantity = data.quantity;
			return;
		}
		case 'stock.moved': {
			const data = event.data as Data<'stock.moved'>;
			move(lane, data.from, data.product, -data.quantity, at);
			return move(lane, data.to, data.product, data.quantity, at);
		}
		case 'stock.threshold': {
			const data = event.data as Data<'stock.threshold'>;
			stockOf(lane, data.branchId, data.product, at).threshold = data.threshold;
			return;
		}
		case 'device.up':
			return device(lane, 'up', event.data as Data<'device.up'>, at);
		case 'device.down':
			return device(lane, 'down', event.data as Data<'device.up'>, at);
		case 'device.degraded':
			return device(lane, 'degraded', event.data as Data<'device.up'>, at);
		case 'site.health':
			return site(lane, event.data as Data<'site.health'>, at);
		default:
	}
}
