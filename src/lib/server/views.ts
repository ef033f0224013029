import { mayReadRefused, type Actor } from '../domain/actor.ts';
import type { Lane } from '../domain/lane.ts';
import { type Clock, SECOND } from '../domain/time.ts';
import type { Params, Snapshot, Topic, View } from '../protocol/topics.ts';
import type { QuarantineView } from '../protocol/views.ts';
import type { Views } from './application.ts';
import type { Quarantine } from './ingest/quarantine.ts';
import type { EventLog } from './log/port.ts';
import type { Surroundings } from './live/views/context.ts';

type Listener<T extends Topic> = (view: View<T>, version: number, offset: number) => void;

export interface ViewSource {
	view<T extends Topic>(topic: T, params: Params<T>, actor: Actor): Promise<Snapshot<T>>;
	follow<T extends Topic>(
		topic: T,
		params: Params<T>,
		actor: Actor,
		listener: Listener<T>,
		lost?: (cause: Error) => void
	): Promise<{ snapshot: Snapshot<T>; stop: () => void }>;
	setSurroundings(surroundings: Surroundings): void;
}

/** The engine's views, and beside them the quarantine, which lives with the door on this thread and is looked at once a second. */
export function viewsOf(
	engine: ViewSource,
	quarantine: Quarantine,
	{ clock, log, lanes }: { clock: Clock; log: EventLog; lanes: () => readonly Lane[] }
): Views & { close(): void } {
	const followed = new Map<object, () => void>();
	let told = '';
	let cancel = clock.after(0, look);

	function look(): void {
		const quarantined = Object.fromEntries(lanes().map((lane) => [lane, quarantine.open(lane)]));
		const surroundings: Surroundings = { quarantined, recording: log.health() };
		const text = JSON.stringify(surroundings);
		if (text !== told) engine.setSurroundings(surroundings);
		told = text;
		for (const check of followed.values()) check();
		cancel = clock.after(SECOND, look);
	}

	function refused(params: Params<'quarantine'>, actor: Actor): QuarantineView {
		const view = quarantine.list(params);
		if (mayReadRefused(actor)) return view;
		return { ...view, rows: view.rows.map((row) => ({ ...row, body: '', masked: true })) };
	}

	const snapshot = (params: Params<'quarantine'>, version: number, actor: Actor): Snapshot<'quarantine'> => ({
		topic: 'quarantine',
		version,
		offset: log.head(),
		at: clock.now(),
		view: refused(params, actor)
	});

	function followQuarantine(params: Params<'quarantine'>, actor: Actor, listener: Listener<'quarantine'>) {
		let version = 0;
		const first = snapshot(params, version, actor);
		let last = JSON.stringify(first.view);
		const key = {};
		followed.set(key, () => {
			const view = refused(params, actor);
			const text = JSON.stringify(view);
			if (text === last) return;
			last = text;
			version += 1;
			listener(view, version, log.head());
		});
		return { snapshot: first, stop: () => void followed.delete(key) };
	}

	return {
		async read<T extends Topic>(topic: T, params: Params<T>, actor: Actor): Promise<Snapshot<T>> {
			if (topic === 'quarantine') return snapshot(params as Params<'quarantine'>, 0, actor) as Snapshot<T>;
			return engine.view(topic, params, actor);
		},
		async follow<T extends Topic>(
			topic: T,
			params: Params<T>,
			actor: Actor,
			listener: Listener<T>,
			lost?: (cause: Error) => void
		) {
			if (topic !== 'quarantine') return engine.follow(topic, params, actor, listener, lost);
			const kept = followQuarantine(params as Params<'quarantine'>, actor, listener as never);
			return kept as unknown as { snapshot: Snapshot<T>; stop: () => void };
		},
		close: () => cancel()
	};
}
