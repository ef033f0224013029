import { catalog } from '../../../../../analytics/catalog.ts';
import { DAY, HOUR, type Millis } from '../../../domain/time.ts';
import type { Quantiles } from '../../../protocol/views.ts';
import { addSketch, emptySketch, quantile, type Sketch } from '../sketch.ts';
import { dayStart, hourOf, KEPT_SLOTS } from '../slots.ts';
import type { ViewContext } from './context.ts';
import { quantilesFrom, quantilesOf } from './shares.ts';

export interface StageFacts {
	entered: number;
	dwell: Quantiles | null;
	spans: number;
	over: number;
	trend: (number | null)[];
}

export interface ClockFacts {
	met: number;
	n: number;
	spent: Quantiles | null;
	trend: (number | null)[];
}

/** What happened in a range of a lane, whichever source answered. */
export interface RangeFacts {
	opened: number;
	closed: number;
	stages: Map<string, StageFacts>;
	clocks: Map<string, ClockFacts>;
}

export interface Range {
	from: Millis;
	to: Millis;
	slot: Millis;
}

/** Points of a trend at most: more than a sparkline can show. */
const MOST_SLOTS = 200;

function slotOf(length: Millis): Millis {
	if (length <= 2 * DAY) return HOUR;
	if (length <= 14 * DAY) return 6 * HOUR;
	if (length <= MOST_SLOTS * DAY) return DAY;
	return Math.max(7, Math.ceil(length / MOST_SLOTS / DAY)) * DAY;
}

/** The range a view asks for, in whole slots; without one it is the lane's day so far. */
export function rangeOf(now: Millis, from?: Millis, to?: Millis): Range {
	const start = from ?? dayStart(Math.min(now, to ?? now));
	// An end that is not named includes this very moment.
	const end = Math.max(to ?? now + 1, start + 1);
	const slot = slotOf(end - start);
	const first = from === undefined ? start : Math.floor(start / HOUR) * HOUR;
	return { from: first, to: first + Math.ceil((end - first) / slot) * slot, slot };
}

const blankStage = (slots: number): StageFacts => ({
	entered: 0,
	dwell: null,
	spans: 0,
	over: 0,
	trend: new Array<number | null>(slots).fill(null)
});
const blankClock = (slots: number): ClockFacts => ({
	met: 0,
	n: 0,
	spent: null,
	trend: new Array<number | null>(slots).fill(null)
});

function at<T>(map: Map<string, T>, key: string, make: () => T): T {
	let found = map.get(key);
	if (found === undefined) map.set(key, (found = make()));
	return found;
}

/** Whether memory holds the whole range: hour slots, none of them dropped, nothing cut at the end. */
function inMemory(context: ViewContext, range: Range, branch?: string): boolean {
	const { lastHour, oldest } = context.fold.state;
	if (branch !== undefined || range.slot !== HOUR) return false;
	if (oldest === null) return true;
	return hourOf(range.from) > lastHour - KEPT_SLOTS || range.from <= 0;
}

function fromMemory(context: ViewContext, range: Range): RangeFacts {
	const { slots } = context.fold.state;
	const length = Math.round((range.to - range.from) / range.slot);
	const first = hourOf(range.from);
	const facts: RangeFacts = { opened: 0, closed: 0, stages: new Map(), clocks: new Map() };
	const dwell = new Map<string, Sketch>();
	const spent = new Map<string, Sketch>();
	for (let i = 0; i < length; i += 1) {
		const slot = slots.get(first + i);
		if (!slot) continue;
		facts.opened += slot.opened;
		facts.closed += slot.closed;
		for (const [stage, n] of slot.entered) at(facts.stages, stage, () => blankStage(length)).entered += n;
		for (const [stage, sketch] of slot.dwell) {
			addSketch(at(dwell, stage, emptySketch), sketch);
			const median = quantile(sketch, 0.5);
			at(facts.stages, stage, () => blankStage(length)).trend[i] = median === null ? null : Math.round(median);
		}
		for (const [stage, { n, over }] of slot.spans) {
			const found = at(facts.stages, stage, () => blankStage(length));
			found.spans += n;
			found.over += over;
		}
		for (const [clock, { met, n, spent: sketch }] of slot.clocks) {
			addSketch(at(spent, clock, emptySketch), sketch);
			const found = at(facts.clocks, clock, () => blankClock(length));
			found.met += met;
			found.n += n;
			found.trend[i] = n === 0 ? null : met / n;
		}
	}
	for (const [stage, found] of facts.stages) found.dwell = quantilesOf(dwell.get(stage));
	for (const [clock, found] of facts.clocks) found.spent = quantilesOf(spent.get(clock));
	return facts;
}

async function fromStore(context: ViewContext, range: Range, branch?: string): Promise<RangeFacts> {
	const { store, lane } = context;
	const asked = { lane, from: range.from, to: range.to, branch: branch ?? null };
	const slotted = { ...asked, slot_ms: range.slot };
	const length = Math.round((range.to - range.from) / range.slot);
	const facts: RangeFacts = { opened: 0, closed: 0, stages: new Map(), clocks: new Map() };
	const stage = (id: string): StageFacts => at(facts.stages, id, () => blankStage(length));
	const clock = (id: string): ClockFacts => at(facts.clocks, id, () => blankClock(length));
	await store.read(async (connection) => {
		for (const row of await catalog.runOn(connection, 'opened_closed', asked)) Object.assign(facts, row);
		for (const row of await catalog.runOn(connection, 'stage_flow', asked)) stage(row.stage).entered = row.entered;
		for (const row of await catalog.runOn(connection, 'stage_percentiles', asked)) {
			const found = stage(row.stage);
			found.dwell = quantilesFrom(row.n, row.p50, row.p90);
			found.spans = row.watched;
			found.over = row.overtime;
		}
		for (const row of await catalog.runOn(connection, 'stage_percentiles_by_slot', slotted)) {
			stage(row.stage).trend[row.slot] = row.p50;
		}
		for (const row of await catalog.runOn(connection, 'attainment', asked)) {
			const spent = quantilesFrom(row.n, row.p50, row.p90);
			Object.assign(clock(row.clock), { met: row.met, n: row.n, spent });
		}
		for (const row of await catalog.runOn(connection, 'attainment_by_slot', slotted)) {
			clock(row.clock).trend[row.slot] = row.n === 0 ? null : row.met / row.n;
		}
	});
	return facts;
}

/** The facts of a range: from memory where it holds them, else the same questions to the projections. */
export function factsOf(context: ViewContext, range: Range, branch?: string): RangeFacts | Promise<RangeFacts> {
	return inMemory(context, range, branch) ? fromMemory(context, range) : fromStore(context, range, branch);
}
