import type { DomainEvent } from '../../domain/events/event.ts';
import type { Lane } from '../../domain/lane.ts';
import { type Millis, SECOND } from '../../domain/time.ts';
import type { Demo, DemoOptions } from './demo.ts';
import { writeLaneRun } from './lane-file.ts';
import { Pace } from './pace.ts';
import { openProducer, type Producer } from './producer.ts';
import { type BankRun, bankOf, cancellations, skip, successorOf, tellAgain } from './succession.ts';

export interface Drive {
	lane: Lane;
	/** Where the run is remembered. */
	file: string;
	/** The lane stands here until its bank has come so far. */
	from: Millis;
	/** Of the bank that takes over, should one have to. */
	seed: number;
	branches: number;
	/** The bank of an empty lane. */
	first?: { run: BankRun; producer: Producer };
	/** The bank that filled the lane, made again. */
	again?: { run: BankRun; producer: Producer };
	/** Why that bank is not made again. */
	why?: string | undefined;
}

const ORIGIN = 'simulator';
const HISTORY_BATCH = 5_000;
const TICK = 100;
const RETRY = SECOND;
const OTHER_PROGRAM = 'this version of the program tells other events of the same seed';

/** Moves one lane: brings its bank to the lane's present, then lets it live at the lane's pace. */
export class Driver implements Demo {
	readonly lane: Lane;
	readonly ready: Promise<void>;
	readonly #options: DemoOptions;
	readonly #drive: Drive;
	readonly #pace: Pace;
	readonly #whole: Promise<void>;
	#producer: Producer | undefined;
	#phase: 'history' | 'live' | 'stopped' = 'history';
	#stopping = false;
	#wake: (() => void) | undefined;

	constructor(options: DemoOptions, drive: Drive) {
		this.#options = options;
		this.#drive = drive;
		this.lane = drive.lane;
		this.#pace = new Pace(options.clock, drive.from, options.speed ?? 60);
		this.#pace.hold(drive.from);
		this.ready = this.#fill(drive.from);
		this.#whole = this.ready.then(() => this.#live()).catch((error: unknown) => this.#end(error));
	}

	laneNow(): Millis {
		return this.#pace.now();
	}

	speed(): number {
		return this.#pace.speed;
	}

	setSpeed(speed: number): void {
		this.#pace.setSpeed(speed);
	}

	phase(): 'history' | 'live' | 'stopped' {
		return this.#phase;
	}

	async stop(): Promise<void> {
		this.#stopping = true;
		this.#wake?.();
		await this.#whole;
		await this.#end();
	}

	async #fill(until: Millis): Promise<void> {
		const producer = await this.#begin();
		if (this.#stopping) return;
		let coming = producer.advance(until, HISTORY_BATCH);
		for (;;) {
			const batch = await coming;
			const more = batch.upTo < until && !this.#stopping;
			// The next batch is made while this one is being stored.
			if (more) coming = producer.advance(until, HISTORY_BATCH);
			coming.catch(() => undefined);
			await this.#store(batch.events);
			if (!more) break;
		}
	}

	/** A bank that stands where the log ends. */
	async #begin(): Promise<Producer> {
		const { first, again, why, file, from } = this.#drive;
		this.#producer = first?.producer ?? again?.producer;
		if (first) {
			await writeLaneRun(file, { ...first.run, historyEnd: from, run: first.producer.run });
			return first.producer;
		}
		if (!again) return this.#succeed(why ?? OTHER_PROGRAM);
		const { run, producer } = again;
		const stored = await this.#options.stored.tail(producer.run);
		if (stored.length === 0) return this.#warm(producer, run);
		const told = await tellAgain(producer, run, stored, this.#stopped);
		if (told === undefined) {
			await producer.close();
			return this.#succeed(OTHER_PROGRAM);
		}
		await this.#store(told);
		return producer;
	}

	/** Ends what the bank before left open and opens one that takes over from there. */
	async #succeed(why: string): Promise<Producer> {
		const { stored, lastEventAt, profile, produce = openProducer } = this.#options;
		const { file, from } = this.#drive;
		const at = lastEventAt ?? from;
		const run = successorOf(this.#drive, at, stored.head().toString(36));
		const producer = await produce(bankOf(run, profile));
		this.#producer = producer;
		const left = await stored.openCases();
		this.#options.onSuccession?.(
			`the bank that filled the lane cannot go on: ${why}. Its ${left.length} open cases are cancelled (simulation_ended) and a new bank takes over.`
		);
		await this.#store(cancellations(left, producer.run, at));
		if (this.#stopping) return producer;
		// Only now: stopped before, the next start finds the old run and ends what is still open.
		await writeLaneRun(file, { ...run, historyEnd: from, run: producer.run });
		return this.#warm(producer, run);
	}

	async #warm(producer: Producer, run: BankRun): Promise<Producer> {
		if (run.joins) await skip(producer, run.start, run.joins.at - 1, this.#stopped);
		return producer;
	}

	readonly #stopped = (): boolean => this.#stopping;

	async #live(): Promise<void> {
		const producer = this.#producer;
		if (this.#stopping || producer === undefined) return;
		this.#phase = 'live';
		this.#pace.goOn();
		while (!this.#stopping) {
			await this.#sleep(TICK);
			const until = this.#pace.now();
			for (let upTo = -Infinity; upTo < until;) {
				const batch = await producer.advance(until, HISTORY_BATCH);
				upTo = batch.upTo;
				await this.#store(batch.events);
			}
		}
	}

	/** Stores a batch, again and again until the log has it; meanwhile the lane stands still. */
	async #store(events: readonly DomainEvent[]): Promise<void> {
		if (events.length === 0) return;
		let held = false;
		for (;;) {
			const problem = await this.#try(events);
			if (problem === undefined) break;
			if (!held && this.#phase === 'live') {
				this.#pace.hold(this.#pace.now());
				held = true;
			}
			if (this.#stopping) return;
			this.#options.onError?.(problem);
			await this.#sleep(RETRY);
		}
		if (held) this.#pace.goOn();
	}

	/** What stands in the way of a batch, if it is worth another try. */
	async #try(events: readonly DomainEvent[]): Promise<unknown> {
		try {
			const { status, rejected = [] } = await this.#options.submit(this.lane, events, ORIGIN);
			if (status === 429 || status === 503) return new Error(`the log answered ${status}`);
			if (rejected.length > 0)
				this.#options.onError?.(new Error(`the log answered ${status}: ${rejected.length} events are in quarantine`));
			return undefined;
		} catch (error) {
			return error ?? new Error('the log refused');
		}
	}

	#sleep(delay: Millis): Promise<void> {
		if (this.#stopping) return Promise.resolve();
		return new Promise((resolve) => {
			const cancel = this.#options.clock.after(delay, () => this.#wake?.());
			this.#wake = () => {
				cancel();
				this.#wake = undefined;
				resolve();
			};
		});
	}

	async #end(error?: unknown): Promise<void> {
		if (error !== undefined) this.#options.onError?.(error);
		if (this.#phase === 'stopped') return;
		this.#pace.hold(this.#pace.now());
		this.#phase = 'stopped';
		await this.#producer?.close();
	}
}
