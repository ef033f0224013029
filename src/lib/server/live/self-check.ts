import { catalog } from '../../../../analytics/catalog.ts';
import type { Store } from '../../../../analytics/store.ts';
import { dayStart, hourOf } from './slots.ts';
import { HOUR, type Millis } from '../../domain/time.ts';
import type { Said } from '../../domain/said.ts';
import type { LaneFold } from './lane-fold.ts';

/** What memory says of a lane at one offset, in the words of the projections' questions. */
export interface LaneCount {
	lane: string;
	at: Millis;
	from: Millis;
	to: Millis;
	open: Record<string, number>;
	clocks: Record<string, string>;
	opened: number;
	closed: number;
}

/** Counts a lane as it is now; null where it has no event yet. */
export function countLane(fold: LaneFold): LaneCount | null {
	const { newest, open, slots, lane } = fold.state;
	if (newest === null) return null;
	const from = dayStart(newest);
	const to = (hourOf(newest) + 1) * HOUR;
	const count: LaneCount = { lane, at: newest, from, to, open: {}, clocks: {}, opened: 0, closed: 0 };
	for (const { state } of open.values()) count.open[state.stage] = (count.open[state.stage] ?? 0) + 1;
	const clocks = new Map<string, { met: number; n: number }>();
	for (let hour = hourOf(from); hour < hourOf(to); hour += 1) {
		const slot = slots.get(hour);
		if (!slot) continue;
		count.opened += slot.opened;
		count.closed += slot.closed;
		for (const [clock, { met, n }] of slot.clocks) {
			const sum = clocks.get(clock) ?? { met: 0, n: 0 };
			clocks.set(clock, { met: sum.met + met, n: sum.n + n });
		}
	}
	for (const [clock, { met, n }] of clocks) count.clocks[clock] = `${met} of ${n}`;
	return count;
}

function compare(what: Said, memory: Record<string, unknown>, stored: Record<string, unknown>): Said[] {
	const keys = new Set([...Object.keys(memory), ...Object.keys(stored)]);
	return [...keys].flatMap((key) => {
		const [left, right] = [memory[key] ?? 0, stored[key] ?? 0];
		if (left === right) return [];
		const en = `${what.en} ${key}: ${left} in memory, ${right} in the projections`;
		return [{ en, zh: `${what.zh} ${key}：内存 ${left}，投影表 ${right}` }];
	});
}

/** Asks the projections for the same counts; they must stand at the offset at which `count` was taken. Answers every difference. */
export async function checkLane(store: Store, count: LaneCount): Promise<Said[]> {
	const { lane, at, from, to } = count;
	const asked = { lane, from, to };
	return store.read(async (connection) => {
		const stages = await catalog.runOn(connection, 'open_cases_by_stage', { lane, at });
		const clocks = await catalog.runOn(connection, 'attainment', asked);
		const [flow] = await catalog.runOn(connection, 'opened_closed', asked);
		const ended = clocks.filter((row) => row.n > 0).map((row) => [row.clock, `${row.met} of ${row.n}`]);
		return [
			...compare(
				{ en: 'open cases in', zh: '在办' },
				count.open,
				Object.fromEntries(stages.map((row) => [row.stage, row.n]))
			),
			...compare({ en: 'attainment of', zh: '达标' }, count.clocks, Object.fromEntries(ended)),
			...compare({ en: 'cases', zh: '业务单' }, { opened: count.opened, closed: count.closed }, { ...flow })
		].map(({ en, zh }) => ({ en: `lane ${lane}: ${en}`, zh: `泳道 ${lane}：${zh}` }));
	});
}
