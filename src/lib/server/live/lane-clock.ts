import { isSynthetic, type Lane } from '../../domain/lane.ts';
import type { Clock, Millis } from '../../domain/time.ts';

/** How a lane's time runs: at wall time `wallAt` it was `laneAt`, and since then it runs `speed` times as fast; 0 = paused. */
export interface LaneTime {
	wallAt: Millis;
	laneAt: Millis;
	speed: number;
}

/** A lane's present. */
export interface LaneClock {
	now(): Millis;
	readonly speed: number;
}

/** Present of a lane: the wall clock itself unless a `LaneTime` says otherwise. Lane `live` never runs otherwise. */
export function laneClock(clock: Clock, lane: Lane, time: LaneTime | undefined): LaneClock {
	if (!time || !isSynthetic(lane)) return { now: () => clock.now(), speed: 1 };
	return { now: () => time.laneAt + (clock.now() - time.wallAt) * time.speed, speed: time.speed };
}
