import type { Store } from '../../../../analytics/store.ts';
import type { Answer } from '../../../../analytics/query.ts';
import { type Actor, may } from '../../domain/actor.ts';
import { applyToCase } from '../../domain/case/apply.ts';
import { HotcardError } from '../../domain/error.ts';
import type { Lane } from '../../domain/lane.ts';
import { SECOND } from '../../domain/time.ts';
import type { Params, Snapshot, Topic, View } from '../../protocol/topics.ts';
import type { VerifyAnswer } from '../application.ts';
import type { LogBatch } from '../log/port.ts';
import { fitting, readCheckpoint } from './checkpoint.ts';
import { Commits } from './commits.ts';
import { DeadlineTimer } from './deadline-timer.ts';
import { cutBatch } from './decode.ts';
import type { EngineOptions, EngineStats } from './engine-options.ts';
import { Folds } from './folds.ts';
import { Housekeeping } from './housekeeping.ts';
import { laneClock, type LaneClock, type LaneTime } from './lane-clock.ts';
import { openProjections } from './open-projections.ts';
import { proveEqual, type Sources } from './prove.ts';
import { remakeProjections } from './remake.ts';
import { rememberingReader } from './remembering-reader.ts';
import { replay } from './replay.ts';
import { roomKey, Rooms } from './rooms.ts';
import { targetsOf } from './targets.ts';
import { computeView } from './views/compute.ts';
import type { LogReader, SelfCheck, Surroundings, ViewContext } from './views/context.ts';

/**
 * Turns committed batches of the log into live views and projections. One engine owns one DuckDB file.
 * `recover` first; then `apply` every batch of the log in order: what is missed is read from the log.
 */
export class Engine {
	readonly #options: EngineOptions;
	readonly #sources: Sources;
	readonly #reader: LogReader;
	readonly #rooms: Rooms;
	readonly #housekeeping: Housekeeping;
	readonly #commits: Commits;
	readonly #deadlines: DeadlineTimer;
	readonly #laneTimes = new Map<Lane, LaneTime>();
	#surroundings: Surroundings = { quarantined: {}, recording: { ok: true } };
	#store: Store | undefined;
	#folds: Folds;
	/** While set, batches are left to the log: the reading that goes on will find them. */
	#catchingUp = true;
	#recovery: EngineStats['recovery'] = null;
	#closed = false;

	constructor(options: EngineOptions) {
		this.#options = options;
		const targets = targetsOf(options.policy);
		this.#sources = { log: options.log, clock: options.clock, apply: applyToCase, targets };
		this.#folds = new Folds(applyToCase, targets);
		this.#reader = rememberingReader(options.log);
		const fault = (error: unknown): void => options.onFault?.(error);
		this.#rooms = new Rooms((...asked) => this.#compute(...asked), options.clock, fault);
		this.#housekeeping = new Housekeeping(this, options, fault);
		this.#commits = new Commits(this, options, (moved) => {
			for (const lane of moved) this.#rooms.touch(lane);
		});
		this.#deadlines = new DeadlineTimer(this, options.clock, (lane, fired) => {
			this.#commits.moved(lane);
			this.#rooms.touch(lane);
			options.onFirings?.(fired);
		});
	}

	/** Opens the projections, loads the checkpoint and replays the rest of the log. Throws `store-locked`, `store-failed`, `log-corrupt`. */
	async recover(): Promise<EngineStats> {
		const started = performance.now();
		const { log, policy } = this.#options;
		const store = await openProjections(this.#options);
		this.#store = store;
		const fits = {
			policyHash: policy.hash,
			schemaHash: store.meta.schemaHash,
			until: Math.min(store.meta.offset, log.head())
		};
		const read = this.#options.checkpoint ?? (() => readCheckpoint(this.#commits.checkpointFile));
		const found = fitting(read(), fits);
		const checkpoint = 'checkpoint' in found ? found.checkpoint : undefined;
		this.#folds = new Folds(this.#sources.apply, this.#sources.targets, checkpoint);
		const from = this.#folds.next;
		this.#commits.restart(from);
		await this.#catchUp();
		this.#recovery = {
			from,
			events: this.#folds.next - from,
			seconds: (performance.now() - started) / SECOND,
			reason: 'reason' in found ? found.reason : 'From the checkpoint.'
		};
		this.#housekeeping.start();
		return this.stats();
	}

	/** Takes a committed batch. Overlaps are cut, gaps are read from the log. */
	apply(batch: LogBatch): void {
		if (this.#closed || this.#catchingUp) return;
		const rest = cutBatch(batch, this.#folds.next);
		if (!rest) return;
		if (rest.first > this.#folds.next) {
			this.#readOn();
			return;
		}
		this.#take(rest);
		this.#options.onApplied?.(this.#folds.next);
		this.#rooms.touch(rest.lane);
		this.#commits.arm();
		this.#deadlines.arm();
	}

	/** Offset up to which live views stand. */
	get applied(): number {
		return this.#folds.next;
	}

	/** Whether memory and projections may be compared: nothing is being caught up and the file can be written. */
	get settled(): boolean {
		return this.flowing && this.#commits.broken === null;
	}

	/** Whether batches are taken as they come. */
	get flowing(): boolean {
		return !this.#catchingUp && !this.#closed;
	}

	get folds(): Folds {
		return this.#folds;
	}

	get rooms(): Rooms {
		return this.#rooms;
	}

	/** The projections. Throws `not-ready` before `recover`. */
	get store(): Store {
		if (this.#store) return this.#store;
		throw new HotcardError('not-ready', 'The projections are not open yet.', { remedy: 'Try again in a moment.' });
	}

	async view<T extends Topic>(topic: T, params: Params<T>, actor: Actor): Promise<Snapshot<T>> {
		const unmasked = may(actor, 'personal.unmask');
		const found = await this.#compute(topic, params, unmasked);
		return { ...found, version: this.#rooms.version(roomKey(topic, params, unmasked)) } as Snapshot<T>;
	}

	/** Keeps a view current; `listener` gets each new view that differs from the one before. */
	async follow<T extends Topic>(
		topic: T,
		params: Params<T>,
		actor: Actor,
		listener: (view: View<T>, version: number, offset: number) => void
	): Promise<{ snapshot: Snapshot<T>; stop: () => void }> {
		const unmasked = may(actor, 'personal.unmask');
		const told = (view: View<Topic>, version: number, offset: number): void =>
			listener(view as View<T>, version, offset);
		const followed = await this.#rooms.follow(topic, params, unmasked, told);
		return { snapshot: followed.snapshot as Snapshot<T>, stop: followed.stop };
	}

	/** Sets how a lane's time runs from now on. */
	setLaneTime(lane: Lane, time: LaneTime): void {
		this.#laneTimes.set(lane, time);
		this.#rooms.touch(lane);
		if (!this.#closed) this.#deadlines.arm();
	}

	setSurroundings(surroundings: Surroundings): void {
		this.#surroundings = surroundings;
		for (const lane of this.#folds.lanes.keys()) this.#rooms.touch(lane);
	}

	query(sql: string, limit?: number): Promise<Answer> {
		return this.store.query(sql, limit);
	}

	/** Commits every row folded so far. */
	commit(): Promise<void> {
		return this.#commits.commit();
	}

	/** Saves live state at an offset that the projections have reached. */
	checkpoint(): Promise<void> {
		return this.#commits.checkpoint();
	}

	/** Keeps commits waiting while `work` reads the projections at the offset of the last one. */
	hold<T>(work: () => Promise<T>): Promise<T> {
		return this.#commits.hold(work);
	}

	/** Compares memory and projections at one offset; the answer also shows in every shell view. */
	selfCheck(): Promise<SelfCheck> {
		return this.#housekeeping.check();
	}

	/** Counts what is otherwise counted every few minutes. */
	summarise(): Promise<void> {
		return this.#housekeeping.summarise();
	}

	/** Proves that the projections equal a replay of the log. Live views go on; commits wait until the tables were read. */
	async verify(): Promise<VerifyAnswer> {
		return this.hold(async () => {
			await this.commit();
			return proveEqual(this.store, this.#sources);
		});
	}

	/**
	 * Makes the projections anew from the log, beside the old file, and puts them in its place. Live state is then held
	 * against them, and folded anew as well where it differs.
	 */
	async rebuild(): Promise<{ events: number; seconds: number }> {
		const started = performance.now();
		this.#catchingUp = true;
		this.#commits.stop();
		try {
			this.#store = await remakeProjections(this.store, this.#options, this.#sources);
			this.#commits.restart();
		} finally {
			await this.#catchUp();
		}
		if (!(await this.selfCheck()).ok) {
			this.#commits.drop();
			this.#catchingUp = true;
			this.#folds = new Folds(this.#sources.apply, this.#sources.targets);
			await this.#catchUp();
		}
		return { events: this.#folds.next, seconds: (performance.now() - started) / SECOND };
	}

	stats(): EngineStats {
		const lanes: EngineStats['lanes'] = {};
		for (const [lane, { state }] of this.#folds.lanes) lanes[lane] = { events: state.events, open: state.open.size };
		return {
			applied: this.applied,
			committed: this.#store?.writer.offset ?? 0,
			lanes,
			rooms: this.#rooms.size,
			broken: this.#commits.broken,
			recovery: this.#recovery
		};
	}

	/** Commits, saves live state and closes the projections. */
	async close(): Promise<void> {
		if (this.#closed) return;
		this.#closed = true;
		await this.#housekeeping.stop();
		this.#rooms.close();
		this.#commits.stop();
		this.#deadlines.stop();
		try {
			if (this.#store && !this.#catchingUp) await this.checkpoint();
		} catch (error) {
			this.#options.onFault?.(error);
		} finally {
			await this.#store?.close();
		}
	}

	laneClock(lane: Lane): LaneClock {
		return laneClock(this.#options.clock, lane, this.#laneTimes.get(lane));
	}

	/** Reads the log from where the folds stand until nothing is left, then lets batches in. */
	async #catchUp(): Promise<void> {
		const { log } = this.#options;
		for (const fold of this.#folds.lanes.values()) fold.unwatch();
		while (!this.#closed && this.#folds.next < log.head()) {
			// What was folded has its rows already: in the file, or waiting for the next commit.
			await replay(this.#folds, log, this.store, { until: log.head(), rowsFrom: this.#commits.rowsFrom });
		}
		for (const fold of this.#folds.lanes.values()) fold.watch();
		this.#catchingUp = false;
		this.#options.onApplied?.(this.#folds.next);
		if (this.#closed) return;
		for (const lane of this.#folds.lanes.keys()) {
			this.#commits.moved(lane);
			this.#rooms.touch(lane);
		}
		await this.commit();
		if (!this.#closed) this.#deadlines.fire();
	}

	/** The folds missed something, or stand in the middle of it: the log says how to go on. */
	#readOn(): void {
		this.#catchingUp = true;
		void this.#catchUp().catch((error: unknown) => this.#options.onFault?.(error));
	}

	#take(batch: LogBatch): void {
		this.#commits.moved(batch.lane);
		try {
			this.#folds.take(batch, this.store.writer, this.#commits.broken === null ? 0 : Infinity);
		} catch (error) {
			this.#commits.break(error);
			this.#readOn();
		}
	}

	async #compute(topic: Topic, params: Params<Topic>, unmasked: boolean): Promise<Omit<Snapshot, 'version'>> {
		const { lane } = params as { lane: Lane };
		const fold = this.#folds.lanes.get(lane) ?? new Folds(this.#sources.apply, this.#sources.targets).lane(lane);
		const clock = this.laneClock(lane);
		const wall = this.#options.clock.now();
		const lanes = Object.fromEntries([...this.#folds.lanes].map(([id, { state }]) => [id, { events: state.events }]));
		const context: ViewContext = {
			lane,
			fold,
			lanes,
			now: clock.now(),
			wall,
			clock,
			targets: this.#sources.targets,
			store: this.store,
			log: this.#reader,
			surroundings: this.#surroundings,
			selfCheck: this.#housekeeping.last,
			heat: this.#housekeeping.heat.of(lane),
			unmasked
		};
		const offset = fold.state.next;
		const view = await computeView(context, topic, params, this.#sources.apply);
		return { topic, offset, at: wall, view };
	}
}
