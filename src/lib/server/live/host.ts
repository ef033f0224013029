import type { Answer } from '../../../../analytics/query.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Lane } from '../../domain/lane.ts';
import type { Params, Snapshot, Topic, View } from '../../protocol/topics.ts';
import type { VerifyAnswer } from '../application.ts';
import type { LogBatch } from '../log/port.ts';
import { Engine } from './engine.ts';
import type { EngineOptions, EngineStats } from './engine-options.ts';
import type { LaneTime } from './lane-clock.ts';
import type { SelfCheck, Surroundings } from './views/context.ts';

/** The engine as the rest of the application sees it, wherever it runs. */
export interface EngineHost {
	/** Gets ready for `start`, where that takes time; may be left out. */
	prepare(): void;
	/** Opens the projections and comes up to the head of the log. Subscribe `apply` to the log before this or after: nothing is missed. */
	start(): Promise<EngineStats>;
	/** Takes a committed batch of the log; never waits. */
	apply(batch: LogBatch): void;
	/** The next offset to apply: everything below it shows in live views. */
	applied(): number;
	/** Events of the log that live views do not show yet. */
	lag(head: number): number;
	/** False with a reason once the engine stopped for good. */
	health(): { ok: boolean; reason?: string };
	view<T extends Topic>(topic: T, params: Params<T>, actor: Actor): Promise<Snapshot<T>>;
	/**
	 * Keeps a view current; `listener` gets each whole new view that differs from the last, with a version that grows.
	 * `lost` is told once the engine stopped for good.
	 */
	follow<T extends Topic>(
		topic: T,
		params: Params<T>,
		actor: Actor,
		listener: (view: View<T>, version: number, offset: number) => void,
		lost?: (cause: Error) => void
	): Promise<{ snapshot: Snapshot<T>; stop: () => void }>;
	/** From now on the lane's time runs so. */
	setLaneTime(lane: Lane, time: LaneTime): void;
	/** What views show of the rest of the application. */
	setSurroundings(surroundings: Surroundings): void;
	/** Read-only SQL on the projections. */
	query(sql: string, limit?: number): Promise<Answer>;
	/** Commits every event applied so far to the projections. */
	commit(): Promise<void>;
	selfCheck(): Promise<SelfCheck>;
	verify(): Promise<VerifyAnswer>;
	rebuild(): Promise<{ events: number; seconds: number }>;
	stats(): Promise<EngineStats>;
	close(): Promise<void>;
}

/** The engine on the caller's own thread: for tests and short jobs. */
export function inThreadEngine(options: EngineOptions): EngineHost {
	const engine = new Engine(options);
	return {
		prepare: () => undefined,
		start: () => engine.recover(),
		apply: (batch) => engine.apply(batch),
		applied: () => engine.applied,
		lag: (head) => Math.max(0, head - engine.applied),
		health: () => {
			const { broken } = engine.stats();
			return broken === null ? { ok: true } : { ok: false, reason: broken };
		},
		view: (topic, params, actor) => engine.view(topic, params, actor),
		follow: (topic, params, actor, listener) => engine.follow(topic, params, actor, listener),
		setLaneTime: (lane, time) => engine.setLaneTime(lane, time),
		setSurroundings: (surroundings) => engine.setSurroundings(surroundings),
		query: async (sql, limit) => engine.query(sql, limit),
		commit: () => engine.commit(),
		selfCheck: () => engine.selfCheck(),
		verify: () => engine.verify(),
		rebuild: () => engine.rebuild(),
		stats: async () => engine.stats(),
		close: () => engine.close()
	};
}
