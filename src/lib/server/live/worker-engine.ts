import type { Actor } from '../../domain/actor.ts';
import type { Params, Snapshot, Topic, View } from '../../protocol/topics.ts';
import { EngineThread, type WorkerOptions } from './engine-thread.ts';
import type { EngineHost } from './host.ts';

/** The engine in a worker thread, for a log in a SQLite file. */
export function workerEngine(options: WorkerOptions): EngineHost {
	const engine = new EngineThread(options);
	return {
		prepare: () => engine.prepare(),
		start: () => engine.start(),
		apply: (batch) => engine.apply(batch),
		applied: () => engine.applied,
		lag: (head) => Math.max(0, head - engine.applied),
		health: () => (engine.failed ? { ok: false, reason: engine.failed.message } : { ok: true }),
		view: (topic, params, actor) => engine.call('view', topic, params, actor) as Promise<Snapshot<typeof topic>>,
		async follow<T extends Topic>(
			topic: T,
			params: Params<T>,
			actor: Actor,
			listener: (view: View<T>, version: number, offset: number) => void,
			lost?: (cause: Error) => void
		) {
			const told = (view: View<Topic>, version: number, offset: number): void =>
				listener(view as View<T>, version, offset);
			const followed = await engine.follow({ topic, params, actor, listener: told, lost, base: 0, version: 0 });
			return { snapshot: followed.snapshot as Snapshot<T>, stop: followed.stop };
		},
		setLaneTime: (lane, time) => engine.setLaneTime(lane, time),
		setSurroundings: (surroundings) => engine.setSurroundings(surroundings),
		query: (sql, limit) => engine.call('query', sql, limit),
		commit: () => engine.call('commit'),
		selfCheck: () => engine.call('selfCheck'),
		verify: () => engine.call('verify'),
		rebuild: () => engine.call('rebuild'),
		stats: () => engine.call('stats'),
		close: () => engine.close()
	};
}
