import type { Applied } from '../../../domain/case/state.ts';
import type { Millis } from '../../../domain/time.ts';
import { emptySketch, observe } from '../sketch.ts';
import { FINE, hourOf, KEPT_SLOTS } from '../slots.ts';
import { HOUR } from '../../../domain/time.ts';
import type { LaneState, Slot } from './lane-state.ts';

const emptySlot = (): Slot => ({
	opened: 0,
	closed: 0,
	entered: new Map(),
	dwell: new Map(),
	spans: new Map(),
	clocks: new Map(),
	reports: new Map()
});

/** The slot of a moment, made where needed; undefined where it is older than what is kept. */
export function slotAt(lane: LaneState, at: Millis): Slot | undefined {
	const hour = hourOf(at);
	const known = lane.slots.get(hour);
	if (known) return known;
	if (hour <= lane.lastHour - KEPT_SLOTS) return undefined;
	if (hour > lane.lastHour) {
		lane.lastHour = hour;
		for (const old of lane.slots.keys()) if (old <= hour - KEPT_SLOTS) lane.slots.delete(old);
	}
	const slot = emptySlot();
	lane.slots.set(hour, slot);
	return slot;
}

function add(map: Map<string, number>, key: string): void {
	map.set(key, (map.get(key) ?? 0) + 1);
}

/** Counts the stage that was left, with its dwell and whether it took longer than its target. */
function leave(slot: Slot, stage: string, dwell: Millis, overtime: boolean | null): void {
	let sketch = slot.dwell.get(stage);
	if (!sketch) slot.dwell.set(stage, (sketch = emptySketch()));
	observe(sketch, dwell);
	if (overtime === null) return;
	let spans = slot.spans.get(stage);
	if (!spans) slot.spans.set(stage, (spans = { n: 0, over: 0 }));
	spans.n += 1;
	if (overtime) spans.over += 1;
}

/** Carries what an event did to its case into the hours' counts. */
export function foldCase(lane: LaneState, at: Millis, applied: Applied, overtime: boolean | null): void {
	const { state, fromStage } = applied;
	if (fromStage === null || state.stage !== fromStage) {
		const slot = slotAt(lane, at);
		if (slot) {
			if (fromStage === null) slot.opened += 1;
			add(slot.entered, state.stage);
		}
	}
	// A late event takes effect at the case's last moment: that is when the stage was left and the case closed.
	if (fromStage !== null && applied.dwell !== null) {
		const slot = slotAt(lane, state.stageSince);
		if (slot) leave(slot, fromStage, applied.dwell, overtime);
	}
	if (fromStage !== 'closed' && state.stage === 'closed') {
		const slot = slotAt(lane, state.closedAt ?? at);
		if (slot) slot.closed += 1;
	}
	for (const run of applied.changed) {
		if (run.endedAt === null || (run.status !== 'met' && run.status !== 'breached')) continue;
		const slot = slotAt(lane, run.endedAt);
		if (!slot) continue;
		let count = slot.clocks.get(run.clock);
		if (!count) slot.clocks.set(run.clock, (count = { met: 0, n: 0, spent: emptySketch() }));
		count.n += 1;
		if (run.status === 'met') count.met += 1;
		if (run.spent !== null) observe(count.spent, run.spent);
	}
}

/** Counts a loss report of a channel. */
export function foldReport(lane: LaneState, at: Millis, channel: string): void {
	const slot = slotAt(lane, at);
	if (!slot) return;
	let parts = slot.reports.get(channel);
	if (!parts) slot.reports.set(channel, (parts = new Array<number>(HOUR / FINE).fill(0)));
	const part = Math.floor((at % HOUR) / FINE);
	parts[part] = (parts[part] ?? 0) + 1;
}
