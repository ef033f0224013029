import { Worker } from 'node:worker_threads';
import type { Actor } from '../../domain/actor.ts';
import { HotcardError } from '../../domain/error.ts';
import type { Lane } from '../../domain/lane.ts';
import type { Params, Snapshot, Topic, View } from '../../protocol/topics.ts';
import type { LogBatch } from '../log/port.ts';
import type { Firing } from './deadlines.ts';
import type { EngineOptions, EngineStats } from './engine-options.ts';
import type { LaneTime } from './lane-clock.ts';
import type { PolicySource } from './policy-source.ts';
import { type CallName, type Calls, errorOf, type FromWorker, type ToWorker } from './rpc.ts';
import type { Surroundings } from './views/context.ts';

export interface WorkerOptions {
	/** Folder of the SQLite log. */
	logDir: string;
	/** DuckDB file. */
	file: string;
	policy: PolicySource;
	limits?: Pick<EngineOptions, 'commitEvery' | 'checkpointEvery' | 'checkEvery'>;
	onFirings?: (firings: readonly Firing[]) => void;
	onFault?: (error: unknown) => void;
}

export interface WorkerData extends Pick<WorkerOptions, 'logDir' | 'file' | 'policy' | 'limits'> {
	/** One shared number: zero until the thread may begin. */
	gate: Int32Array;
}

interface Followed {
	topic: Topic;
	params: Params<Topic>;
	actor: Actor;
	listener: (view: View<Topic>, version: number, offset: number) => void;
	lost: ((cause: Error) => void) | undefined;
	/** Added to the worker's versions, so that they grow across a restart. */
	base: number;
	version: number;
}

interface Waiting {
	resolve(answer: unknown): void;
	reject(error: unknown): void;
}

const RESTARTS = 1;

/** The engine on a thread of its own. When the thread breaks it is started again once, from checkpoint and log. */
export class EngineThread {
	readonly #options: WorkerOptions;
	#worker: Worker | undefined;
	/** Of the thread that waits to begin. */
	#gate: Int32Array | undefined;
	#starting: { resolve(stats: EngineStats): void; reject(error: unknown): void } | undefined;
	#waiting = new Map<number, Waiting>();
	#followed = new Map<number, Followed>();
	#laneTimes = new Map<Lane, LaneTime>();
	#surroundings: Surroundings | undefined;
	#applied = 0;
	#ids = 0;
	#restarts = 0;
	#failed: Error | undefined;
	#closing = false;

	constructor(options: WorkerOptions) {
		this.#options = options;
	}

	get applied(): number {
		return this.#applied;
	}

	get failed(): Error | undefined {
		return this.#failed;
	}

	/** Makes the thread, which loads what it needs and then waits for `start`. */
	prepare(): void {
		const { logDir, file, policy, limits } = this.#options;
		const gate = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
		const data: WorkerData = { logDir, file, policy, gate, ...(limits ? { limits } : {}) };
		const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: data, name: 'engine' });
		this.#worker = worker;
		this.#gate = gate;
		worker.on('message', (message: FromWorker) => this.#hear(message));
		worker.on('error', (error) => this.#lose(worker, error));
		worker.on('exit', (code) => this.#lose(worker, new Error(`The engine's thread ended with code ${code}.`)));
	}

	/** Opens what the engine works on. The log must be open for writing on the caller's thread. */
	start(): Promise<EngineStats> {
		return new Promise((resolve, reject) => {
			if (this.#failed) return reject(this.#failed);
			this.#starting = { resolve, reject };
			if (!this.#worker) this.prepare();
			this.#open();
			for (const [lane, time] of this.#laneTimes) this.send({ kind: 'laneTime', lane, time });
			if (this.#surroundings) this.send({ kind: 'surroundings', surroundings: this.#surroundings });
		});
	}

	#open(): void {
		if (!this.#gate) return;
		Atomics.store(this.#gate, 0, 1);
		Atomics.notify(this.#gate, 0);
		this.#gate = undefined;
	}

	send(message: ToWorker, transfer: ArrayBuffer[] = []): void {
		this.#worker?.postMessage(message, transfer);
	}

	apply(batch: LogBatch): void {
		// The log's other listeners share these bytes: the thread gets its own copy, which is then moved, not copied again.
		const lines = new Uint8Array(batch.lines);
		this.send({ kind: 'apply', batch: { ...batch, lines } }, [lines.buffer]);
	}

	call<N extends CallName>(name: N, ...args: Calls[N]['args']): Promise<Calls[N]['answer']> {
		if (this.#failed) return Promise.reject(this.#failed);
		const id = (this.#ids += 1);
		return new Promise((resolve, reject) => {
			this.#waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject });
			this.send({ kind: 'call', id, name, args });
		});
	}

	async follow(followed: Followed): Promise<{ snapshot: Snapshot; stop: () => void }> {
		const id = (this.#ids += 1);
		this.#followed.set(id, followed);
		const stop = (): void => {
			if (this.#followed.delete(id)) this.send({ kind: 'unfollow', id });
		};
		try {
			const snapshot = await this.call('follow', id, followed.topic, followed.params, followed.actor);
			followed.version = Math.max(followed.version, snapshot.version);
			return { snapshot, stop };
		} catch (error) {
			stop();
			throw error;
		}
	}

	setLaneTime(lane: Lane, time: LaneTime): void {
		this.#laneTimes.set(lane, time);
		this.send({ kind: 'laneTime', lane, time });
	}

	setSurroundings(surroundings: Surroundings): void {
		this.#surroundings = surroundings;
		this.send({ kind: 'surroundings', surroundings });
	}

	async close(): Promise<void> {
		if (this.#closing) return;
		this.#closing = true;
		try {
			if (!this.#failed && this.#worker && !this.#gate) await this.call('close');
		} finally {
			await this.#worker?.terminate();
		}
	}

	#hear(message: FromWorker): void {
		switch (message.kind) {
			case 'ready':
				this.#applied = message.stats.applied;
				this.#starting?.resolve(message.stats);
				this.#starting = undefined;
				return;
			case 'failed':
				this.#failed = errorOf(message.fault);
				this.#starting?.reject(this.#failed);
				this.#starting = undefined;
				return;
			case 'applied':
				this.#applied = Math.max(this.#applied, message.offset);
				return;
			case 'answer':
				this.#waiting.get(message.id)?.resolve(message.answer);
				this.#waiting.delete(message.id);
				return;
			case 'refused':
				this.#waiting.get(message.id)?.reject(errorOf(message.fault));
				this.#waiting.delete(message.id);
				return;
			case 'view':
				return this.#told(message.id, message.view, message.version, message.offset);
			case 'firings':
				return this.#options.onFirings?.(message.firings);
			case 'fault':
				this.#options.onFault?.(errorOf(message.fault));
		}
	}

	#told(id: number, view: View<Topic>, version: number, offset: number): void {
		const followed = this.#followed.get(id);
		if (!followed) return;
		followed.version = followed.base + version;
		followed.listener(view, followed.version, offset);
	}

	#lose(worker: Worker, cause: unknown): void {
		if (this.#closing || worker !== this.#worker) return;
		this.#worker = undefined;
		const detail = cause instanceof Error ? cause.message : String(cause);
		const error = new HotcardError('engine-broken', `The live engine broke: ${detail}`, {
			remedy: 'Nothing recorded is lost: the log has every event. Look at the cause, then start again.',
			zh: { message: `实时引擎中断：${detail}`, remedy: '已记录的内容都在日志中，没有丢失。请查明原因后重新启动。' },
			cause
		});
		this.#options.onFault?.(error);
		for (const waiting of this.#waiting.values()) waiting.reject(error);
		this.#waiting.clear();
		if (this.#starting || this.#gate || this.#restarts >= RESTARTS) {
			this.#starting?.reject(error);
			this.#starting = undefined;
			return this.#giveUp(error);
		}
		this.#restarts += 1;
		this.start().then(
			() => this.#resume(),
			(again: unknown) => {
				this.#giveUp(again instanceof Error ? again : error);
				this.#options.onFault?.(again);
			}
		);
	}

	/** Whoever follows must not take what they have for the present. */
	#giveUp(error: Error): void {
		this.#failed = error;
		const followed = [...this.#followed.values()];
		this.#followed.clear();
		for (const { lost } of followed) lost?.(error);
	}

	/** Follows again what was followed, and tells where things stand now. */
	#resume(): void {
		for (const [id, followed] of this.#followed) {
			const { topic, params, actor } = followed;
			followed.base = followed.version;
			this.call('follow', id, topic, params, actor).then(
				(snapshot) => this.#told(id, snapshot.view, snapshot.version, snapshot.offset),
				(error: unknown) => this.#options.onFault?.(error)
			);
		}
	}
}
