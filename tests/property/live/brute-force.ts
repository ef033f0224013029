import type { CaseState } from '#lib/domain/case/state.ts';
import { STAGES } from '#lib/domain/stage.ts';
import { DAY, HOUR, type Millis } from '#lib/domain/time.ts';
import type { CasesParams } from '#lib/protocol/views.ts';
import { pressing, type Pressing, pressureOf } from '#lib/server/live/attention.ts';
import type { LaneState } from '#lib/server/live/fold/lane-state.ts';
import { isSilent } from '#lib/server/live/open/silence.ts';
import { hourOf } from '#lib/server/live/slots.ts';

/** Everything counted anew over all cases and places: slow, and simple enough to be believed. */

interface Found {
	state: CaseState;
	press: Pressing;
}

const all = (lane: LaneState, now: Millis): Found[] =>
	[...lane.open.values()].map(({ state }) => ({ state, press: pressing(state, now) }));

type Table = Record<string, Record<string, number>>;

function bump(table: Table, key: string, column: string): void {
	const row = (table[key] ??= {});
	row[column] = (row[column] ?? 0) + 1;
}

/** Open, at risk and breached cases: in all, by stage, by channel; and the runs that go on, by clock. */
export function countAll(lane: LaneState, now: Millis, branch?: string): { all: Table; stages: Table; clocks: Table } {
	const found = { all: {} as Table, stages: {} as Table, channels: {} as Table, clocks: {} as Table };
	for (const { state, press } of all(lane, now)) {
		if (branch !== undefined && state.branchId !== branch) continue;
		const columns = ['open'];
		if (press.pressure === 'at_risk' || press.pressure === 'breached') columns.push(press.pressure);
		for (const column of columns) {
			bump(found.all, 'all', column);
			bump(found.stages, state.stage, column);
			if (state.channel !== null) bump(found.channels, state.channel, column);
		}
		for (const run of state.clocks) {
			const own = pressureOf(run, now);
			if (own === 'none') continue;
			bump(found.clocks, run.clock, 'running');
			if (own === 'at_risk' || own === 'breached') bump(found.clocks, run.clock, own);
		}
	}
	return found;
}

export interface GroupFound {
	cases: string[];
	due: Millis;
	most: number;
	owners: (string | null)[];
}

/** The pressed cases by kind, clock and stage. */
export function groupAll(lane: LaneState, now: Millis): Record<string, GroupFound> {
	const members = new Map<string, Found[]>();
	for (const found of all(lane, now)) {
		const { pressure, run } = found.press;
		if (run === null || (pressure !== 'breached' && pressure !== 'at_risk')) continue;
		const key = `${pressure}|${run.clock}|${found.state.stage}`;
		members.set(key, [...(members.get(key) ?? []), found]);
	}
	const groups: Record<string, GroupFound> = {};
	for (const [key, cases] of members) {
		const branches: Table = {};
		for (const { state } of cases) if (state.branchId !== null) bump(branches, state.branchId, 'n');
		groups[key] = {
			cases: cases.map(({ state }) => state.caseId).sort(),
			due: Math.min(...cases.map(({ press }) => press.run?.dueAt ?? Infinity)),
			most: Math.max(0, ...Object.values(branches).map((row) => row['n'] ?? 0)),
			owners: [...new Set(cases.map(({ state }) => state.owner))].sort()
		};
	}
	return groups;
}

/** Cases that had a run over its due an hour ago, whether it still runs or has ended since. */
export function breachedHourAgo(lane: LaneState, now: Millis): number | null {
	const then = now - HOUR;
	if (lane.oldest === null || lane.oldest > then) return null;
	let count = 0;
	for (const { state } of [...lane.open.values(), ...lane.recent.values()]) {
		const over = state.clocks.some((run) => {
			if (run.dueAt === null || run.dueAt >= then) return false;
			return run.status === 'running' || (run.status === 'breached' && (run.endedAt ?? 0) > then);
		});
		if (over) count += 1;
	}
	return count;
}

export function silentAll(lane: LaneState, now: Millis): string[] {
	const oldest = lane.oldest === null ? Infinity : hourOf(lane.oldest);
	return [...lane.branches].filter(([, branch]) => isSilent(branch, now, oldest)).map(([id]) => id);
}

export function lowStockAll(lane: LaneState): string[] {
	const low = [...lane.stock].filter(
		([, { quantity, threshold }]) => quantity !== null && threshold !== null && quantity <= threshold
	);
	low.sort(([a, one], [b, two]) => (one.quantity ?? 0) - (two.quantity ?? 0) || (a < b ? -1 : 1));
	return low.map(([key, { quantity }]) => `${key}: ${quantity}`);
}

export function repeatsAll(lane: LaneState, now: Millis): string[] {
	return [...lane.deviceReports].flatMap(([device, reports]) => {
		const fresh = reports.filter((report) => report.at > now - DAY && report.at <= now);
		const customers = new Set(fresh.map((report) => report.customer)).size;
		return customers < 3 ? [] : [`${device}: ${customers} customers, ${fresh.length} reports`];
	});
}

type Facet = 'stage' | 'channel' | 'status';

/** How a case presses for what is asked: by the run of the clock that is named, else by its most pressing one. */
function pressureIn({ state, press }: Found, { clock }: CasesParams, now: Millis): Pressing['pressure'] {
	if (!clock) return press.pressure;
	const run = state.clocks.find((one) => one.clock === clock);
	return run === undefined ? 'none' : pressureOf(run, now);
}

function passes(one: Found, params: CasesParams, except: Facet | null, now: Millis): boolean {
	const { state } = one;
	if (params.from !== undefined && state.openedAt < params.from) return false;
	if (params.to !== undefined && state.openedAt >= params.to) return false;
	if (except !== 'stage' && params.stage && state.stage !== params.stage) return false;
	if (except !== 'channel' && params.channel && state.channel !== params.channel) return false;
	const { status } = params;
	if (except !== 'status' && (status === 'breached' || status === 'at_risk')) {
		if (pressureIn(one, params, now) !== status) return false;
	}
	if (params.branch && state.branchId !== params.branch) return false;
	if (params.tier && state.tier !== params.tier) return false;
	if (params.owner && state.owner !== params.owner) return false;
	if (params.clock && pressureIn(one, params, now) === 'none') return false;
	return !params.text || state.caseId.toLowerCase().includes(params.text.toLowerCase());
}

const place = (stage: string): number => STAGES.findIndex((one) => one === stage);

function valueOf({ state, press }: Found, sort: CasesParams['sort']): number | string {
	if (sort === 'opened') return state.openedAt;
	if (sort === 'stage') return place(state.stage);
	if (sort === 'case') return state.caseId;
	if (sort === 'events') return state.events;
	return press.run?.dueAt ?? Infinity;
}

function compare(a: Found, b: Found, { sort, descending }: CasesParams): number {
	const [left, right] = [valueOf(a, sort), valueOf(b, sort)];
	if (left !== right) {
		const unknown = left === Infinity || right === Infinity;
		return (left < right ? -1 : 1) * (descending && !unknown ? -1 : 1);
	}
	if (sort === 'stage' && a.state.stageSince !== b.state.stageSince) return a.state.stageSince - b.state.stageSince;
	return a.state.caseId < b.state.caseId ? -1 : 1;
}

/** A page of the open cases, put in order anew. */
export function pageAll(
	lane: LaneState,
	now: Millis,
	params: CasesParams,
	skip: number,
	limit: number
): { total: number; rows: string[]; facets: Record<Facet, Record<string, number>> } {
	const found = all(lane, now);
	const rows = found.filter((one) => passes(one, params, null, now)).sort((a, b) => compare(a, b, params));
	const facets: Record<Facet, Record<string, number>> = { stage: {}, channel: {}, status: {} };
	const count = (facet: Facet, key: string): void => void (facets[facet][key] = (facets[facet][key] ?? 0) + 1);
	for (const one of found) {
		if (passes(one, params, 'stage', now)) count('stage', one.state.stage);
		if (one.state.channel !== null && passes(one, params, 'channel', now)) count('channel', one.state.channel);
		if (!passes(one, params, 'status', now)) continue;
		count('status', 'open');
		const pressure = pressureIn(one, params, now);
		if (pressure === 'at_risk' || pressure === 'breached') count('status', pressure);
	}
	return { total: rows.length, rows: rows.slice(skip, skip + limit).map(({ state }) => state.caseId), facets };
}
