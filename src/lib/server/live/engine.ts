import { renameSync } from 'node:fs';
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
import { dropCheckpoint, loadCheckpoint, packCheckpoint, saveCheckpoint } from './checkpoint.ts';
import { cutBatch } from './decode.ts';
import type { EngineOptions, EngineStats } from './engine-options.ts';
import { Folds } from './folds.ts';
import { Housekeeping } from './housekeeping.ts';
import { laneClock, type LaneClock, type LaneTime } from './lane-clock.ts';
import { openProjections } from './open-projections.ts';
import { dropStore, projectInto, proveEqual, type Sources } from './prove.ts';
import { rememberingReader } from './remembering-reader.ts';
import { replay } from './replay.ts';
import { roomKey, Rooms } from './rooms.ts';
import { targetsOf } from './targets.ts';
import { computeView } from './views/compute.ts';
import type { LogReader, SelfCheck, Surroundings, ViewContext } from './views/context.ts';

const COMMIT_EVERY = 500;
const CHECKPOINT_EVERY = 250_000;
/** Rows beyond which a commit does not wait for its time. */
const BACKLOG = 50_000;

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
	readonly #laneTimes = new Map<Lane, LaneTime>();
	#surroundings: Surroundings = { quarantined: {}, recording: { ok: true } };
	#store: Store | undefined;
	#folds: Folds;
	/** While set, batches are left to the log: the reading that goes on will find them. */
	#catchingUp = true;
	#moved = new Set<Lane>();
	#cancelCommit: (() => void) | undefined;
	#cancelDeadline: (() => void) | undefined;
	#held = 0;
	#checkpointed = 0;
	#broken: string | null = null;
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
		const found = loadCheckpoint(this.#checkpointFile, fits);
		const checkpoint = 'checkpoint' in found ? found.checkpoint : undefined;
		this.#folds = new Folds(this.#sources.apply, this.#sources.targets, checkpoint);
		const from = this.#folds.next;
		this.#checkpointed = from;
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
			this.#catchingUp = true;
			void this.#catchUp().catch((error: unknown) => this.#options.onFault?.(error));
			return;
		}
		this.#take(rest);
		this.#options.onApplied?.(this.#folds.next);
		this.#rooms.touch(rest.lane);
		this.#armCommit();
		this.#armDeadline();
	}

	/** Offset up to which live views stand. */
	get applied(): number {
		return this.#folds.next;
	}

	/** Whether memory and projections may be compared: nothing is being caught up and the file can be written. */
	get settled(): boolean {
		return !this.#catchingUp && this.#broken === null && !this.#closed;
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
		this.#armDeadline();
	}

	setSurroundings(surroundings: Surroundings): void {
		this.#surroundings = surroundings;
		for (const lane of this.#folds.lanes.keys()) this.#rooms.touch(lane);
	}

	query(sql: string, limit?: number): Promise<Answer> {
		return this.store.query(sql, limit);
	}

	/** Commits every row folded so far. */
	async commit(): Promise<void> {
		this.#cancelCommit?.();
		this.#cancelCommit = undefined;
		if (this.#broken !== null || this.store.writer.offset === this.#folds.next) return;
		const due = this.#folds.next - this.#checkpointed >= (this.#options.checkpointEvery ?? CHECKPOINT_EVERY);
		const moved = this.#moved;
		this.#moved = new Set();
		try {
			await (due ? this.checkpoint() : this.store.writer.commit(this.#folds.next));
		} catch (error) {
			this.#break(error);
			return;
		}
		for (const lane of moved) this.#rooms.touch(lane);
	}

	/** Saves live state at an offset that the projections have reached. */
	async checkpoint(): Promise<void> {
		if (this.#broken !== null) return;
		const offset = this.#folds.next;
		const tags = { policyHash: this.#options.policy.hash, schemaHash: this.store.meta.schemaHash };
		const file = this.#checkpointFile;
		const bytes = file === null ? null : packCheckpoint(this.#folds.save(tags));
		this.#checkpointed = offset;
		await this.store.writer.commit(offset);
		if (file !== null && bytes !== null) await saveCheckpoint(file, bytes);
	}

	/** Compares memory and projections at one offset; the answer also shows in every shell view. */
	selfCheck(): Promise<SelfCheck> {
		return this.#housekeeping.check();
	}

	/** Proves that the projections equal a replay of the log. Live views go on; commits wait until the tables were read. */
	async verify(): Promise<VerifyAnswer> {
		return this.hold(async () => {
			await this.commit();
			return proveEqual(this.store, this.#sources);
		});
	}

	/** Makes the projections anew from the log, beside the old file, and puts them in its place. */
	async rebuild(): Promise<{ events: number; seconds: number }> {
		const started = performance.now();
		const { file } = this.store;
		const old = this.store;
		this.#catchingUp = true;
		this.#cancelCommit?.();
		this.#cancelCommit = undefined;
		try {
			const made = await projectInto(
				file === ':memory:' ? file : `${file}.rebuild`,
				this.#sources,
				this.#options.log.head()
			);
			if (this.#checkpointFile !== null) dropCheckpoint(this.#checkpointFile);
			if (file === ':memory:') this.#store = made.store;
			await old.close();
			if (file !== ':memory:') {
				await made.store.close();
				dropStore(file);
				renameSync(`${file}.rebuild`, file);
				this.#store = await openProjections(this.#options);
			}
			this.#folds = made.folds;
			this.#checkpointed = 0;
			this.#broken = null;
		} finally {
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
			broken: this.#broken,
			recovery: this.#recovery
		};
	}

	/** Commits, saves live state and closes the projections. */
	async close(): Promise<void> {
		if (this.#closed) return;
		this.#closed = true;
		await this.#housekeeping.stop();
		this.#rooms.close();
		this.#cancelCommit?.();
		this.#cancelDeadline?.();
		try {
			if (this.#store && !this.#catchingUp) await this.checkpoint();
		} catch (error) {
			this.#options.onFault?.(error);
		} finally {
			await this.#store?.close();
		}
	}

	/** Keeps commits waiting while `work` reads the projections at the offset of the last one. */
	async hold<T>(work: () => Promise<T>): Promise<T> {
		this.#held += 1;
		try {
			return await work();
		} finally {
			this.#held -= 1;
			this.#armCommit();
		}
	}

	laneClock(lane: Lane): LaneClock {
		return laneClock(this.#options.clock, lane, this.#laneTimes.get(lane));
	}

	get #checkpointFile(): string | null {
		return this.#options.file === ':memory:' ? null : `${this.#options.file}.checkpoint`;
	}

	/** Reads the log from where the folds stand until nothing is left, then lets batches in. */
	async #catchUp(): Promise<void> {
		const { log } = this.#options;
		for (const fold of this.#folds.lanes.values()) fold.unwatch();
		while (!this.#closed && this.#folds.next < log.head()) {
			// What was folded has its rows already: in the file, or waiting for the next commit.
			const rowsFrom = this.#broken === null ? Math.max(this.store.writer.offset, this.#folds.next) : Infinity;
			await replay(this.#folds, log, this.store, { until: log.head(), rowsFrom });
		}
		for (const fold of this.#folds.lanes.values()) fold.watch();
		this.#catchingUp = false;
		this.#options.onApplied?.(this.#folds.next);
		if (this.#closed) return;
		for (const lane of this.#folds.lanes.keys()) {
			this.#moved.add(lane);
			this.#rooms.touch(lane);
		}
		await this.commit();
		this.#fire();
	}

	#take(batch: LogBatch): void {
		this.#moved.add(batch.lane);
		const rowsFrom = this.#broken === null ? 0 : Infinity;
		try {
			this.#folds.take(batch, this.store.writer, rowsFrom);
		} catch (error) {
			this.#break(error);
			// The fold may stand in the middle of the batch: the log says how to go on.
			this.#catchingUp = true;
			void this.#catchUp().catch((again: unknown) => this.#options.onFault?.(again));
		}
	}

	#break(error: unknown): void {
		this.#broken = error instanceof Error ? error.message : String(error);
		this.#options.onFault?.(error);
	}

	#armCommit(): void {
		if (this.#closed || this.#held > 0 || this.#broken !== null || this.#cancelCommit) return;
		if (this.store.writer.offset === this.#folds.next) return;
		const wait = this.store.writer.pending > BACKLOG ? 0 : (this.#options.commitEvery ?? COMMIT_EVERY);
		this.#cancelCommit = this.#options.clock.after(wait, () => {
			this.#cancelCommit = undefined;
			if (this.#held === 0 && !this.#catchingUp) void this.commit();
		});
	}

	#armDeadline(): void {
		if (this.#closed) return;
		let wait = Infinity;
		for (const [lane, fold] of this.#folds.lanes) {
			const next = fold.nextDeadline();
			const clock = this.laneClock(lane);
			if (next === null || clock.speed <= 0) continue;
			wait = Math.min(wait, Math.max(0, next - clock.now()) / clock.speed);
		}
		this.#cancelDeadline?.();
		this.#cancelDeadline = undefined;
		if (wait === Infinity) return;
		this.#cancelDeadline = this.#options.clock.after(Math.ceil(wait), () => this.#fire());
	}

	#fire(): void {
		if (this.#closed) return;
		for (const [lane, fold] of this.#folds.lanes) {
			const clock = this.laneClock(lane);
			// A lane that stands still is being filled with its history: its deadlines have not passed before it runs.
			if (clock.speed <= 0) continue;
			const fired = fold.advance(clock.now());
			if (fired.length === 0) continue;
			this.#rooms.touch(lane);
			this.#options.onFirings?.(fired);
		}
		this.#armDeadline();
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
			unmasked
		};
		const offset = fold.state.next;
		const view = await computeView(context, topic, params, this.#sources.apply);
		return { topic, offset, at: wall, view };
	}
}
