import type { Profile } from '../../../../simulator/bank/profile.ts';
import type { DomainEvent } from '../../domain/events/event.ts';
import { isSynthetic, type Lane } from '../../domain/lane.ts';
import { type Clock, type Millis, SECOND } from '../../domain/time.ts';
import type { EventLog } from '../log/port.ts';
import { type Demo, openDemo } from './demo.ts';
import { storedLane } from './stored-lane.ts';

export interface LaneTimesPorts {
	clock: Clock;
	dataDir: string;
	log: Pick<EventLog, 'head' | 'read' | 'at' | 'lanes'>;
	engine: {
		setLaneTime(lane: Lane, time: { wallAt: Millis; laneAt: Millis; speed: number }): void;
		query(sql: string, limit?: number): Promise<{ rows: Record<string, unknown>[] }>;
	};
	submit(
		lane: Lane,
		events: readonly DomainEvent[],
		origin: string
	): Promise<{ status: number; rejected?: readonly unknown[] }>;
	/** Resolves once the engine has all that is in the log. */
	settled(): Promise<void>;
	say(message: string): void;
}

/** How far the engine's idea of a lane's present may be from the driver's before it is told again. */
const DRIFT = 2 * SECOND;

/** Keeps the present of every synthetic lane: driven by a simulator, or standing at its newest event. */
export class LaneTimes {
	readonly #ports: LaneTimesPorts;
	readonly #standing = new Map<Lane, Millis>();
	readonly #moving = new Map<Lane, () => void>();
	#demo: Demo | undefined;
	#told: { wallAt: Millis; laneAt: Millis; speed: number } | undefined;
	#cancel: (() => void) | undefined;
	#closed = false;

	constructor(ports: LaneTimesPorts) {
		this.#ports = ports;
	}

	/** Lanes that nobody drives stand still where their events end. */
	async freeze(lanes: readonly { lane: Lane }[]): Promise<void> {
		for (const { lane } of lanes) {
			const at = isSynthetic(lane) && this.#demo?.lane !== lane ? await this.#newest(lane) : null;
			if (at === null) continue;
			this.#standing.set(lane, at);
			this.#ports.engine.setLaneTime(lane, { wallAt: this.#ports.clock.now(), laneAt: at, speed: 0 });
		}
	}

	/** Events came into a lane: one that stands is to stand at its newest event again, soon. */
	arrived(lane: Lane): void {
		if (!this.#standing.has(lane) || this.#demo?.lane === lane || this.#moving.has(lane)) return;
		const { clock, settled, say } = this.#ports;
		const move = async (): Promise<void> => {
			this.#moving.delete(lane);
			await settled();
			await this.freeze([{ lane }]);
		};
		const cancel = clock.after(SECOND, () => {
			move().catch((error: unknown) => {
				if (!this.#closed) say(`lane ${lane}: ${error instanceof Error ? error.message : String(error)}`);
			});
		});
		this.#moving.set(lane, cancel);
	}

	/** Opens lane `demo`; its history is written in the background, `ready` tells when it stands. */
	async openDemo(profile: Profile): Promise<void> {
		const { clock, dataDir, log, engine, submit, settled, say } = this.#ports;
		// A lane that is taken over while it lives has events that the projections do not have yet.
		const query: typeof engine.query = async (...asked) => {
			await settled();
			return engine.query(...asked);
		};
		const demo = await openDemo({
			submit,
			clock,
			profile,
			dataDir,
			stored: storedLane({ log, query }, 'demo'),
			lastEventAt: this.#standing.get('demo') ?? null,
			onSuccession: (message) => say(`demo lane: ${message}`),
			onError: (error) => say(`demo lane: ${error instanceof Error ? error.message : String(error)}`)
		});
		this.#demo = demo;
		this.tell();
		const began = clock.now();
		void demo.ready.then(
			() => {
				const pace = demo.speed() > 0 ? `running at ×${demo.speed()}` : 'paused';
				say(`demo lane: history stands after ${((clock.now() - began) / SECOND).toFixed(1)} s, ${pace}`);
			},
			() => undefined
		);
	}

	/** A synthetic lane's present; null where the wall clock is its present or nothing is known of it. */
	now(lane: Lane): Millis | null {
		if (this.#demo?.lane === lane) return this.#demo.laneNow();
		return this.#standing.get(lane) ?? null;
	}

	/**
	 * The moment that a synthetic lane's events may not lie ahead of. Only a lane that is driven has one: where one stands,
	 * later events are what it waits for.
	 */
	bound(lane: Lane): Millis | null {
		return this.#demo?.lane === lane ? this.#demo.laneNow() : null;
	}

	/** Whoever drives a lane; undefined where nobody does. */
	driver(lane: Lane): Demo | undefined {
		return this.#demo?.lane === lane ? this.#demo : undefined;
	}

	async close(): Promise<void> {
		this.#closed = true;
		for (const cancel of this.#moving.values()) cancel();
		this.#cancel?.();
		this.#cancel = undefined;
		await this.#demo?.stop();
	}

	/** Tells the engine how the driven lane's time runs; does so by itself every second. */
	tell(): void {
		const demo = this.#demo;
		if (demo === undefined) return;
		const wallAt = this.#ports.clock.now();
		const speed = demo.phase() === 'live' ? demo.speed() : 0;
		const laneAt = demo.laneNow();
		const told = this.#told;
		const expected = told ? told.laneAt + (wallAt - told.wallAt) * told.speed : Number.NaN;
		if (told?.speed !== speed || !(Math.abs(expected - laneAt) <= DRIFT * Math.max(1, speed))) {
			this.#told = { wallAt, laneAt, speed };
			this.#ports.engine.setLaneTime(demo.lane, this.#told);
		}
		this.#cancel?.();
		if (this.#closed) return;
		this.#cancel = this.#ports.clock.after(SECOND, () => this.tell());
	}

	async #newest(lane: Lane): Promise<Millis | null> {
		const sql = `SELECT epoch_ms(max(occurred_at)) AS at FROM events WHERE lane = '${lane}'`;
		const { rows } = await this.#ports.engine.query(sql);
		const at = rows[0]?.['at'];
		return at === null || at === undefined ? null : Number(at);
	}
}
