import type { Lane } from '../../domain/lane.ts';
import type { Clock } from '../../domain/time.ts';
import type { Firing } from './deadlines.ts';
import type { Folds } from './folds.ts';
import type { LaneClock } from './lane-clock.ts';

interface Watched {
	readonly folds: Folds;
	laneClock(lane: Lane): LaneClock;
}

/** Fires the deadlines of all lanes, each when its own lane's time has come. */
export class DeadlineTimer {
	readonly #watched: Watched;
	readonly #clock: Clock;
	readonly #tell: (lane: Lane, fired: readonly Firing[]) => void;
	#cancel: (() => void) | undefined;

	constructor(watched: Watched, clock: Clock, tell: (lane: Lane, fired: readonly Firing[]) => void) {
		this.#watched = watched;
		this.#clock = clock;
		this.#tell = tell;
	}

	/** Waits for the next deadline of any lane. */
	arm(): void {
		let wait = Infinity;
		for (const [lane, fold] of this.#watched.folds.lanes) {
			const next = fold.nextDeadline();
			const clock = this.#watched.laneClock(lane);
			if (next === null || clock.speed <= 0) continue;
			wait = Math.min(wait, Math.max(0, next - clock.now()) / clock.speed);
		}
		this.stop();
		if (wait < Infinity) this.#cancel = this.#clock.after(Math.ceil(wait), () => this.fire());
	}

	/** Fires what has passed, and waits for the next. */
	fire(): void {
		for (const [lane, fold] of this.#watched.folds.lanes) {
			const clock = this.#watched.laneClock(lane);
			// A lane that stands still is being filled with its history: its deadlines have not passed before it runs.
			if (clock.speed <= 0) continue;
			const fired = fold.advance(clock.now());
			if (fired.length > 0) this.#tell(lane, fired);
		}
		this.arm();
	}

	stop(): void {
		this.#cancel?.();
		this.#cancel = undefined;
	}
}
