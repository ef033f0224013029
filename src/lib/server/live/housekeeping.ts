import { HotcardError } from '../../domain/error.ts';
import type { Said } from '../../domain/said.ts';
import { MINUTE, SECOND, type Millis } from '../../domain/time.ts';
import type { Engine } from './engine.ts';
import type { EngineOptions } from './engine-options.ts';
import { HeatKeeper } from './heat-keeper.ts';
import { checkLane, countLane } from './self-check.ts';
import type { SelfCheck } from './views/context.ts';

const SUMMARY_EVERY = 5 * MINUTE;
const TIDY_EVERY = 10 * MINUTE;
/** A check may take this part of the time at most: its questions read a lane's whole history. */
const CHECK_LOAD = 20;

/** What must happen now and then beside the flow of events: ticks, self-checks, summaries, tidying the file. */
export class Housekeeping {
	readonly #engine: Engine;
	readonly #options: EngineOptions;
	readonly #fault: (error: unknown) => void;
	readonly heat: HeatKeeper;
	#last: SelfCheck = { ok: true, at: null };
	#running: Promise<unknown> | undefined;
	#cancel: (() => void) | undefined;
	#nextCheck = 0;
	#nextSummary = 0;
	#nextTidy = 0;
	#summarised = 0;
	#tidied = 0;
	#stopped = false;

	constructor(engine: Engine, options: EngineOptions, fault: (error: unknown) => void) {
		this.#engine = engine;
		this.#options = options;
		this.#fault = fault;
		this.heat = new HeatKeeper(options.policy);
	}

	/** What the last self-check found; `at` is null before the first. */
	get last(): SelfCheck {
		return this.#last;
	}

	start(): void {
		const now = this.#options.clock.now();
		this.#nextCheck = now + (this.#options.checkEvery ?? MINUTE);
		this.#nextSummary = now + 5 * SECOND;
		this.#nextTidy = now + TIDY_EVERY;
		this.#arm();
	}

	/** No work starts any more; resolves when what was going on has ended. */
	async stop(): Promise<void> {
		this.#stopped = true;
		this.#cancel?.();
		await this.#running;
	}

	/** Counts the summaries of every lane anew. */
	async summarise(): Promise<void> {
		for (const lane of this.#engine.folds.lanes.keys()) {
			await this.heat.count(this.#engine.store, lane, this.#engine.laneClock(lane).now());
			this.#engine.rooms.touch(lane);
		}
	}

	/** One self-check over all lanes, at one offset. */
	async check(): Promise<SelfCheck> {
		const found = await this.#engine.hold(async () => {
			// Counted and committed in one go: both stand at the same offset.
			const counts = [...this.#engine.folds.lanes.values()].map(countLane);
			await this.#engine.commit();
			const differences: Said[] = [];
			for (const count of counts) {
				if (count) differences.push(...(await checkLane(this.#engine.store, count)));
			}
			return differences;
		});
		const at = this.#options.clock.now();
		this.#last = { ok: true, at };
		if (found.length > 0) {
			const first = found.slice(0, 5);
			const detail = first.map(({ en }) => en).join('; ');
			this.#last = { ok: false, at, detail, detailZh: first.map(({ zh }) => zh).join('；') };
			this.#fault(
				new HotcardError('self-check', `Live state and projections differ: ${found.map(({ en }) => en).join('; ')}`, {
					remedy: 'Run hotcard verify, and hotcard rebuild if it finds the same.'
				})
			);
		}
		return this.#last;
	}

	#arm(): void {
		if (this.#stopped) return;
		this.#cancel = this.#options.clock.after(SECOND, () => {
			this.#engine.rooms.tick();
			this.#running ??= this.#work()
				.catch(this.#fault)
				.finally(() => (this.#running = undefined));
			this.#arm();
		});
	}

	async #work(): Promise<void> {
		if (!this.#engine.settled) return;
		const now = this.#options.clock.now();
		if (this.#summaryDue(now)) await this.#summarise(now);
		else if (now >= this.#nextCheck) await this.#timedCheck();
		else if (now >= this.#nextTidy && this.#engine.applied !== this.#tidied) {
			this.#nextTidy = now + TIDY_EVERY;
			this.#tidied = this.#engine.applied;
			await this.#engine.store.checkpoint();
		}
	}

	#summaryDue(now: Millis): boolean {
		const fresh = this.#engine.applied - this.#summarised;
		if (fresh === 0) return false;
		return (
			now >= this.#nextSummary ||
			(this.#nextSummary - now < SUMMARY_EVERY - 5 * SECOND && fresh * 10 > this.#engine.applied)
		);
	}

	async #summarise(now: Millis): Promise<void> {
		this.#nextSummary = now + SUMMARY_EVERY;
		this.#summarised = this.#engine.applied;
		await this.summarise();
	}

	async #timedCheck(): Promise<void> {
		const started = performance.now();
		await this.check();
		const took = performance.now() - started;
		const wait = Math.max(this.#options.checkEvery ?? MINUTE, took * CHECK_LOAD);
		this.#nextCheck = this.#options.clock.now() + wait;
	}
}
