import { HotcardError } from '../../domain/error.ts';
import type { Clock, Millis } from '../../domain/time.ts';

export const FASTEST = 3_600;

/** A lane's present: wall time made faster, slower or still. */
export class Pace {
	readonly #clock: Clock;
	#laneAt: Millis;
	#wallAt: Millis;
	#speed: number;
	#held = false;

	constructor(clock: Clock, lane: Millis, speed: number) {
		this.#clock = clock;
		this.#laneAt = lane;
		this.#wallAt = clock.now();
		this.#speed = checked(speed);
	}

	get speed(): number {
		return this.#speed;
	}

	now(): Millis {
		if (this.#held) return this.#laneAt;
		return this.#laneAt + Math.floor((this.#clock.now() - this.#wallAt) * this.#speed);
	}

	/** 0 = paused, 1 = as the wall clock, 60 = a minute a second; up to 3,600. */
	setSpeed(speed: number): void {
		checked(speed);
		this.#anchor(this.now());
		this.#speed = speed;
	}

	/** Moves on by some ms at once, whatever the speed. */
	step(span: Millis): void {
		this.#anchor(this.now() + span);
	}

	/** Stands still at a moment until `goOn`: what could not be stored must not become late. */
	hold(lane: Millis): void {
		this.#anchor(lane);
		this.#held = true;
	}

	goOn(): void {
		this.#held = false;
		this.#anchor(this.#laneAt);
	}

	#anchor(lane: Millis): void {
		this.#laneAt = lane;
		this.#wallAt = this.#clock.now();
	}
}

function checked(speed: number): number {
	if (speed >= 0 && speed <= FASTEST) return speed;
	throw new HotcardError('bad-speed', `the speed ${speed} is not between 0 and ${FASTEST}`);
}
