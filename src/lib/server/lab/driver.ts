import { createNetwork } from '../../../../simulator/bank/network.ts';
import type { Profile } from '../../../../simulator/bank/profile.ts';
import type { Order } from '../../../../simulator/faults/orders.ts';
import type { Lane } from '../../domain/lane.ts';
import { type Millis, MINUTE } from '../../domain/time.ts';
import type { Demo, DemoOptions, Phase } from './demo.ts';
import { Errands, noFault, notLive, runningLane } from './errands.ts';
import { labFaults, readInjected } from './faults.ts';
import { Keeper } from './keeper.ts';
import type { LaneRun } from './lane-file.ts';
import type { LaneMemory } from './lane-memory.ts';
import { type Ground, openBank, type RunningBank, succeed } from './opening.ts';
import { Pace } from './pace.ts';
import type { Producer } from './producer.ts';
import { type BankRun, OTHER_SEED } from './succession.ts';

export interface Drive {
	lane: Lane;
	/** Where the run is remembered. */
	memory: LaneMemory;
	/** The lane stands here until its bank has come so far. */
	from: Millis;
	/** Of the bank that takes over, should one have to. */
	seed: number;
	branches: number;
	/** The pace that is remembered. */
	speed?: number | undefined;
	/** The bank of an empty lane. */
	first?: { run: BankRun; producer: Producer };
	/** The bank that filled the lane, made again. */
	again?: { run: LaneRun; producer: Producer };
	/** Why that bank is not made again. */
	why?: string | undefined;
}

const HISTORY_BATCH = 5_000;
const TICK = 100;
/** How far a step goes at once, so that the lane's present is never far ahead of what was told. */
const STRIDE = 10 * MINUTE;

/** Moves one lane: brings its bank to the lane's present, then lets it live at the lane's pace. */
export class Driver implements Demo {
	readonly lane: Lane;
	readonly profile: Profile;
	readonly ready: Promise<void>;
	readonly #ground: Ground;
	readonly #pace: Pace;
	readonly #keeper: Keeper;
	readonly #errands = new Errands();
	readonly #whole: Promise<void>;
	#bank: RunningBank | undefined;
	#phase: Phase = 'history';
	/** Everything before this moment of the lane has been told. */
	#upTo: Millis;
	/** What befell the lane while nobody else could hear of it. */
	#broken: unknown;

	constructor(options: DemoOptions, drive: Drive) {
		const { submit, clock, onError } = options;
		const { lane, from } = drive;
		this.lane = lane;
		this.profile = options.profile;
		this.#pace = new Pace(clock, from, drive.speed ?? options.speed ?? 60);
		this.#pace.hold(from);
		this.#upTo = from;
		this.#keeper = new Keeper({ lane, clock, submit, onError, stall: () => this.#stall() });
		this.#ground = { options, drive, keeper: this.#keeper };
		this.ready = this.#fill(from);
		this.#whole = this.ready.then(() => this.#live()).catch((error: unknown) => this.#end(error));
	}

	laneNow(): Millis {
		return this.#pace.now();
	}

	speed(): number {
		return this.#pace.speed;
	}

	setSpeed(speed: number): Promise<void> {
		this.#pace.setSpeed(speed);
		return this.#ground.drive.memory.keepSpeed(speed);
	}

	phase(): Phase {
		return this.#phase;
	}

	known(): BankRun & Partial<LaneRun> {
		const { first, again, from: start, seed, branches } = this.#ground.drive;
		return this.#bank?.known ?? again?.run ?? first?.run ?? { start, seed, branches };
	}

	step(span: Millis): Promise<void> {
		return this.#errand(async ({ producer }) => {
			for (let left = span; left > 0 && !this.#keeper.stopped; left -= STRIDE) {
				if (this.#pace.speed > 0) throw runningLane();
				this.#pace.step(Math.min(left, STRIDE));
				await this.#tell(producer, this.#pace.now());
			}
		});
	}

	reseed(seed: number): Promise<void> {
		const done = this.#errand((bank) => this.#handOver(bank, seed));
		// From now on nothing can be asked of the bank that goes.
		if (this.#phase === 'live') this.#phase = 'history';
		this.#pace.hold(this.#pace.now());
		return done;
	}

	inject(said: Record<string, unknown>): Promise<void> {
		return this.#errand(async (bank) => {
			const { seed, branches: count, orders = [] } = bank.known;
			const { profile } = this;
			const ground = { profile, branches: createNetwork(seed, count, profile), at: this.#upTo, orders };
			await this.#order(bank, { at: this.#upTo, inject: readInjected(said, ground) });
		});
	}

	endFault(id: string): Promise<void> {
		return this.#errand(async (bank) => {
			const faults = labFaults(bank.known.orders ?? [], this.#upTo);
			if (!faults.some((fault) => fault.id === id && this.#upTo < fault.to)) throw noFault(id);
			await this.#order(bank, { at: this.#upTo, end: id });
		});
	}

	async stop(): Promise<void> {
		this.#keeper.stop();
		await this.#whole;
		await this.#end();
	}

	/** Written down first: a bank made again then does it, at the same tick, even if this one never came to it. */
	async #order(bank: RunningBank, order: Order): Promise<void> {
		const known = { ...bank.known, orders: [...(bank.known.orders ?? []), order] };
		await this.#ground.drive.memory.keep(known);
		bank.known = known;
		await bank.producer.obey(order);
	}

	/** Has something done to the bank while it rests. */
	#errand<T>(work: (bank: RunningBank) => Promise<T>): Promise<T> {
		const bank = this.#bank;
		if (this.#phase !== 'live' || bank === undefined) return Promise.reject(notLive());
		const done = this.#errands.ask(() => work(bank));
		this.#keeper.wake();
		return done;
	}

	async #fill(until: Millis): Promise<void> {
		this.#bank = await openBank(this.#ground);
		await this.#tell(this.#bank.producer, until);
	}

	async #live(): Promise<void> {
		if (this.#keeper.stopped) return;
		this.#goOn();
		while (!this.#keeper.stopped) {
			await this.#keeper.sleep(TICK);
			await this.#errands.run();
			if (this.#broken !== undefined) throw this.#broken;
			if (this.#bank) await this.#tell(this.#bank.producer, this.#pace.now());
		}
	}

	#goOn(): void {
		this.#phase = 'live';
		this.#pace.goOn();
	}

	/** Brings into the log what happens until a moment. The next batch is made while one is being stored. */
	async #tell(producer: Producer, until: Millis): Promise<void> {
		if (this.#keeper.stopped) return;
		let coming = producer.advance(until, HISTORY_BATCH);
		for (;;) {
			const batch = await coming;
			this.#upTo = batch.upTo;
			const more = batch.upTo < until && !this.#keeper.stopped;
			if (more) coming = producer.advance(until, HISTORY_BATCH);
			coming.catch(() => undefined);
			await this.#keeper.store(batch.events);
			if (!more) return;
		}
	}

	/** Lets a bank of another seed take over from the bank that runs. */
	async #handOver({ known, producer }: RunningBank, seed: number): Promise<void> {
		const at = this.#pace.now();
		const { memory } = this.#ground.drive;
		await this.#tell(producer, at);
		try {
			// Stopped from here on, the next start does not make the bank again whose cases are being ended.
			await memory.keep({ ...known, next: seed });
			const handover = { why: OTHER_SEED, seed, branches: known.branches, at, historyEnd: at };
			this.#bank = await succeed(this.#ground, handover);
			await producer.close();
			await this.#tell(this.#bank.producer, at);
			this.#goOn();
		} catch (error) {
			this.#broken = error;
			throw error;
		}
	}

	#stall(): () => void {
		if (this.#phase !== 'live') return () => undefined;
		this.#pace.hold(this.#pace.now());
		return () => {
			if (this.#phase === 'live') this.#pace.goOn();
		};
	}

	async #end(error?: unknown): Promise<void> {
		if (error !== undefined) this.#ground.options.onError?.(error);
		if (this.#phase === 'stopped') return;
		this.#pace.hold(this.#pace.now());
		this.#phase = 'stopped';
		this.#errands.close();
		await this.#bank?.producer.close();
	}
}
