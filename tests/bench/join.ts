import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { io, type Socket } from 'socket.io-client';
import { merge } from '../../src/lib/protocol/patch.ts';
import type { ClientToServer, Delta, ServerToClient, Snapshot } from '../../src/lib/protocol/topics.ts';
import { DAY, HOUR } from '../../src/lib/domain/time.ts';
import { systemClock } from '../../src/lib/server/clock.ts';
import { serve } from '../support/command.ts';
import { dataFolder } from './data-folder.ts';
import { historyEnd, type HistoryOptions } from './history.ts';
import { keepSending } from './load.ts';
import { quantile, round } from './statistics.ts';

export interface JoinOptions extends HistoryOptions {
	data?: string;
	/** Viewers that come one after the other. */
	joins: number;
	/** Events per second meanwhile. */
	rate: number;
}

export interface JoinBench {
	events: number;
	joins: number;
	eventsPerSecond: number;
	/** From nothing to a day of series in hand: connected, asked, answered (ms). */
	toSeriesP50: number;
	toSeriesP95: number;
	toSeriesMax: number;
	seriesKb: number;
	/** Changes that came afterwards, how many did not follow the one before, and how many came twice. */
	deltas: number;
	gaps: number;
	twice: number;
	/** Viewers whose view, carried forward, was not the server's at the same version. */
	differences: number;
}

type Wire = Socket<ServerToClient, ClientToServer>;

/** How long each viewer follows, ms. */
const STAYS = 1_500;

/** Viewers that join a busy server late: the Overview of the last day of a long history, and everything since. */
export async function benchJoin(options: JoinOptions): Promise<JoinBench> {
	const folder = await dataFolder(options, options.data);
	const dir = await mkdtemp(path(tmpdir(), 'hotcard-bench-'));
	await cp(folder.dir, dir, { recursive: true });
	const server = await serve(dir);
	const load = new AbortController();
	try {
		const loading = keepSending(server.url, options.rate, systemClock.now() - 40 * HOUR, load.signal);
		loading.catch(() => undefined);
		const params = { lane: 'live', from: historyEnd(options) - DAY };
		await new Viewer(server.url, params).leave();
		const viewers: Viewer[] = [];
		for (let number = 0; number < options.joins; number++) {
			const viewer = new Viewer(server.url, params);
			viewers.push(viewer);
			await viewer.stay(STAYS);
			const fresh = new Viewer(server.url, params);
			const { snapshot } = await fresh.joined;
			await viewer.compare(snapshot);
			await Promise.all([viewer.leave(), fresh.leave()]);
		}
		load.abort();
		await loading;
		const took = viewers.map((viewer) => viewer.took);
		const sum = (count: (viewer: Viewer) => number): number => viewers.reduce((all, one) => all + count(one), 0);
		return {
			events: folder.head,
			joins: options.joins,
			eventsPerSecond: options.rate,
			toSeriesP50: round(quantile(took, 0.5), 1),
			toSeriesP95: round(quantile(took, 0.95), 1),
			toSeriesMax: round(Math.max(...took), 1),
			seriesKb: round(quantile(await Promise.all(viewers.map((viewer) => viewer.size())), 0.5), 1),
			deltas: sum((viewer) => viewer.deltas),
			gaps: sum((viewer) => viewer.gaps),
			twice: sum((viewer) => viewer.twice),
			differences: sum((viewer) => (viewer.equal ? 0 : 1))
		};
	} finally {
		load.abort();
		await server.stop();
		await rm(dir, { recursive: true, force: true });
	}
}

/** One socket that follows one view and keeps what it was at each version. */
class Viewer {
	readonly joined: Promise<{ room: string; snapshot: Snapshot }>;
	took = Number.NaN;
	deltas = 0;
	gaps = 0;
	twice = 0;
	equal = false;
	readonly #socket: Wire;
	readonly #states = new Map<number, unknown>();
	#version = -1;

	constructor(url: string, params: object) {
		const began = performance.now();
		this.#socket = io(url, { path: '/rt', transports: ['websocket'], forceNew: true });
		this.joined = new Promise((resolve, reject) => {
			this.#socket.once('connect_error', reject);
			this.#socket.once('connect', () =>
				this.#socket.emit('follow', 'overview', params, (answer) => {
					if ('problem' in answer) return reject(new Error(answer.problem.detail));
					this.took = performance.now() - began;
					this.#hold(answer.snapshot.version, answer.snapshot.view);
					resolve(answer);
				})
			);
		});
		this.#socket.on('delta', (text) => this.#take(JSON.parse(text) as Delta));
	}

	async stay(ms: number): Promise<void> {
		await this.joined;
		await wait(ms);
	}

	async size(): Promise<number> {
		return JSON.stringify((await this.joined).snapshot).length / 1_024;
	}

	/** Whether this viewer, once it has come so far, holds the same. */
	async compare({ version, view }: Snapshot): Promise<void> {
		for (let waited = 0; this.#version < version && waited < 2_000; waited += 10) await wait(10);
		this.equal = isDeepStrictEqual(this.#states.get(version), view);
	}

	async leave(): Promise<void> {
		await this.joined;
		this.#socket.disconnect();
	}

	#take({ from, version, patch }: Delta): void {
		this.deltas += 1;
		if (version <= this.#version) this.twice += 1;
		else if (from !== this.#version) this.gaps += 1;
		else this.#hold(version, merge(this.#states.get(from), patch));
	}

	#hold(version: number, view: unknown): void {
		this.#version = version;
		this.#states.set(version, view);
	}
}
