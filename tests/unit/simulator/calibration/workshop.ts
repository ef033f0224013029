import type { LogRow } from '../../../../simulator/calibration/case-log.ts';
import { gamma } from '../../../../simulator/random/continuous.ts';
import { deriveStream } from '../../../../simulator/random/stream.ts';
import { DAY, HOUR } from '../../../../src/lib/domain/time.ts';

/** Who repairs, and how fast: 2 takes half the time. */
export const MECHANICS = { ann: 1.5, bob: 1, cem: 0.7 } as const;
/** Seconds of work at speed 1. */
export const WORK = { shape: 2, scale: 900 } as const;
const OPENS = 8 * HOUR;
const CLOSES = 16 * HOUR;
const MONDAY = Date.UTC(2026, 0, 5);

interface Options {
	weeks?: number;
	/** Cases an hour; they come from 7:00 to 16:00. */
	rate?: number;
	/** Whether the log tells when a repair began. */
	starts: boolean;
	/** Whether work rests at night; else who is at it at 16:00 finishes. */
	rests?: boolean;
	people?: Readonly<Record<string, number>>;
}

/**
 * The log of an M/G/c workshop in UTC, written without the simulator: cases are brought in, wait first come, first served for
 * whoever is free from 8:00 to 16:00 on weekdays, and are repaired. Also the waits before the repair, in hours.
 */
export function workshopLog({ weeks = 16, rate = 4, starts, rests = false, people = MECHANICS }: Options) {
	const stream = deriveStream(42, 'workshop', 'log');
	const hands = Object.entries(people).map(([name, speed]) => ({ name, speed, free: MONDAY + OPENS }));
	const rows: LogRow[] = [];
	const waits: number[] = [];
	let nth = 0;
	for (let day = 0; day < weeks * 7; day++) {
		if (day % 7 >= 5) continue;
		const midnight = MONDAY + day * DAY;
		for (let at = midnight + 7 * HOUR; ;) {
			at += Math.ceil((-Math.log(stream.open()) / rate) * HOUR);
			if (at >= midnight + CLOSES) break;
			const caseId = `w${nth++}`;
			const ready = hands.map((hand) => onShift(Math.max(at, hand.free)));
			const first = Math.min(...ready);
			const able = hands.filter((_, i) => ready[i] === first);
			const hand = able[stream.int(0, able.length - 1)]!;
			const ms = Math.max(1, Math.round((gamma(stream, WORK.shape, WORK.scale) / hand.speed) * 1_000));
			hand.free = rests ? resting(first, ms) : first + ms;
			waits.push((first - at) / HOUR);
			const base = { caseId, branch: undefined, channel: undefined, tier: undefined };
			rows.push({ ...base, at, activity: 'bring', resource: undefined, lifecycle: starts ? 'complete' : undefined });
			const repair = { ...base, activity: 'repair', resource: hand.name };
			if (starts) rows.push({ ...repair, at: first, lifecycle: 'start' });
			rows.push({ ...repair, at: hand.free, lifecycle: starts ? 'complete' : undefined });
		}
	}
	return { rows, waits };
}

/** The first moment from `at` on within a shift. */
function onShift(at: number): number {
	const time = (at - MONDAY) % DAY;
	const midnight = at - time;
	const weekday = ((midnight - MONDAY) / DAY) % 7;
	if (weekday < 5 && time < OPENS) return midnight + OPENS;
	if (weekday < 5 && time < CLOSES) return at;
	return midnight + (weekday >= 4 ? 7 - weekday : 1) * DAY + OPENS;
}

function resting(from: number, ms: number): number {
	const left = CLOSES - ((from - MONDAY) % DAY);
	return ms <= left ? from + ms : resting(onShift(from + left), ms - left);
}
