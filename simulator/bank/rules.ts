import { DAY, HOUR } from '../../src/lib/domain/time.ts';
import { midnight, weekdayOf } from './bank-time.ts';
import type { World } from './world.ts';

const MONTH = 30.4 * DAY;
const LEARNS_AT = 3;

/** The rules that judge risk: every Monday night they are learned again from the fraud that is known by then. */
export class RiskRules {
	readonly #world: World;
	readonly #since: number;
	#week = 1;
	#pass: number;
	#frauds: number[] = [];
	#cleared = 0;
	/** When they are learned next. */
	steadyUntil = -Infinity;

	constructor(world: World) {
		this.#world = world;
		this.#since = world.env.now;
		this.#pass = world.profile.risk.thresholds.pass;
		this.#schedule();
	}

	get version(): string {
		const { region } = this.#world;
		return `r${this.#week}${region === '' ? '' : `-${region}`}`;
	}

	/** Scores below it pass; lower for those far from home on a holiday. */
	threshold(awayFromHome: boolean, at: number): number {
		const { days, profile } = this.#world;
		const wary = awayFromHome && days.at(at).holiday !== null;
		return Math.round((this.#pass - (wary ? profile.risk.holidayAway : 0)) * 1e3) / 1e3;
	}

	/** Share of the false alarms of the first day that the rules have learned to tell from fraud. */
	learned(at: number): number {
		const { profile } = this.#world;
		const weeks = Math.floor((at - this.#since) / (7 * DAY));
		return 1 - (1 - profile.risk.learning.monthly) ** ((weeks * 7 * DAY) / MONTH);
	}

	/** What people found out about a case. */
	known(score: number, fraud: boolean): void {
		if (fraud) this.#frauds.push(score);
		else this.#cleared++;
	}

	#learn(): void {
		const { learning, thresholds } = this.#world.profile.risk;
		const cases = this.#frauds.length + this.#cleared;
		this.#week++;
		if (this.#frauds.length >= learning.atLeast) {
			const scores = this.#frauds.sort((a, b) => a - b);
			const caught = scores[Math.floor((1 - learning.catches) * scores.length)] as number;
			const highest = Math.min(learning.threshold.to, thresholds.secondCheck);
			this.#pass = Math.min(highest, Math.max(learning.threshold.from, caught));
		}
		const threshold = this.threshold(false, this.#world.env.now);
		this.#world.emit('risk.rules_learned', { modelVersion: this.version, cases, threshold }, '/sim/bank/risk');
	}

	#schedule(): void {
		const { env } = this.#world;
		let next = midnight(env.now) + LEARNS_AT * HOUR;
		while (next <= env.now || weekdayOf(next) !== 0) next += DAY;
		this.steadyUntil = next;
		env.call(next - env.now, () => {
			this.#learn();
			this.#schedule();
		});
	}
}
