import { unpackOffsets } from '../../analytics/project/offsets.ts';
import { setTimeout as wait } from 'node:timers/promises';
import { catalog } from '../../analytics/catalog.ts';
import { heatmap } from '../../analytics/heatmap/heatmap.ts';
import { PEOPLE } from '../../src/lib/domain/people.ts';
import { DAY, MINUTE } from '../../src/lib/domain/time.ts';
import type { Engine } from '../../src/lib/server/live/engine.ts';
import { stockView } from '../../src/lib/server/live/views/places.ts';
import type { ViewContext } from '../../src/lib/server/live/views/context.ts';
import { summarise } from '../../src/lib/server/live/views/open-summary.ts';
import type { EventLog } from '../../src/lib/server/log/port.ts';
import { benchEvent } from './cases.ts';
import { caseIdOf, customersOf, historyEnd, type HistoryOptions, someBranches } from './history.ts';
import { quantile, round } from './statistics.ts';

const HANDLING_TARGET = 8 * MINUTE;

/** One question of a dashboard. */
export interface Asked {
	question: string;
	/** memory: live views · straight: read from the tables now · summary: counted off the live path. */
	from: 'memory' | 'straight' | 'summary';
	/** The p95 to hold, ms. */
	target: number;
	/** Answers how many rows or entries came. */
	ask(run: number): Promise<number> | number;
}

export interface Timed {
	question: string;
	from: Asked['from'];
	rows: number;
	p50: number;
	p95: number;
	target: number;
	met: boolean;
}

/** The parameters that history questions take, for this application and for others that are compared with it. */
export function ranges(options: HistoryOptions): {
	now: number;
	month: { lane: string; from: number; to: number };
	heat: { lane: string; from: number; to: number; target: number };
	some: string[];
	caseIds: string[];
} {
	const now = historyEnd(options);
	const customers = customersOf(options);
	return {
		now,
		month: { lane: 'live', from: now - 30 * DAY, to: now },
		heat: { lane: 'live', from: now - 28 * DAY, to: now, target: HANDLING_TARGET },
		some: someBranches(options, 50),
		caseIds: Array.from({ length: 50 }, (_, at) => caseIdOf(Math.floor(((at + 0.5) * customers) / 50)))
	};
}

/** The dashboard's questions against an engine that holds a history. */
export function questionsOf(engine: Engine, options: HistoryOptions): Asked[] {
	const { store } = engine;
	const reader = PEOPLE[0]!;
	const { month, heat, some, caseIds } = ranges(options);
	const lane = 'live';
	const fold = engine.folds.lane(lane);
	const present = (): number => engine.laneClock(lane).now();
	return [
		{
			question: 'open cases by stage with breaches',
			from: 'memory',
			target: 10,
			ask: () => summarise(fold, present()).stages.size
		},
		{
			question: '50 most at risk',
			from: 'memory',
			target: 10,
			ask: async () => (await engine.view('cases', { lane, limit: 50 }, reader)).view.rows.length
		},
		{
			question: 'low stock',
			from: 'memory',
			target: 10,
			// The stock list needs nothing of a lane but its fold and its present.
			ask: () => Object.keys(stockView({ fold, now: present() } as ViewContext)).length
		},
		{
			question: 'open cases of one channel',
			from: 'memory',
			target: 50,
			ask: async () => (await engine.view('cases', { lane, channel: 'mobile', limit: 50 }, reader)).view.rows.length
		},
		{
			question: 'open cases, newest first',
			from: 'memory',
			target: 50,
			ask: async () => {
				const asked = { lane, sort: 'opened', descending: true, limit: 50 } as const;
				return (await engine.view('cases', asked, reader)).view.rows.length;
			}
		},
		{
			question: 'the whole Overview',
			from: 'memory',
			target: 10,
			ask: async () => Object.keys((await engine.view('overview', { lane }, reader)).view.stages).length
		},
		{
			question: 'heatmap of 50 branches',
			from: 'straight',
			target: 90,
			ask: async () => (await heatmap(store, { ...heat, branches: some })).volume.length
		},
		{
			question: 'heatmap of all branches, the Branches page',
			from: 'summary',
			target: 40,
			ask: async () => {
				const asked = { lane, measure: 'wait', sort: 'worst', limit: 500 } as const;
				return (await engine.view('branches', asked, reader)).view.branches.length;
			}
		},
		{
			question: 'heatmap of all branches',
			from: 'straight',
			target: 1_600,
			ask: async () => (await heatmap(store, heat)).volume.length
		},
		{
			question: 'stage percentiles by day, 30 days',
			from: 'straight',
			target: 240,
			ask: async () => (await catalog.run(store, 'stage_percentiles_by_day', month)).length
		},
		{
			question: 'one case, its events',
			from: 'straight',
			target: 10,
			ask: async (run) => {
				const caseId = caseIds[run % caseIds.length] ?? '';
				const last = fold.closed.boundsOf(caseId)?.last ?? -1;
				const [closing] = await catalog.run(store, 'case_closing', { lane, case: caseId, last });
				const offsets = unpackOffsets(closing?.event_offsets ?? '');
				return (await catalog.run(store, 'case_events', { lane, case: caseId, offsets })).length;
			}
		},
		{
			question: 'one case, its page',
			from: 'memory',
			target: 10,
			ask: async (run) => {
				const { view } = await engine.view('case', { lane, caseId: caseIds[run % caseIds.length] ?? '' }, reader);
				return view?.timeline.length ?? 0;
			}
		}
	];
}

/**
 * Asks all questions in turn, `times` rounds after one to warm up; times in ms. In turn, as a room full of screens asks: so
 * each question meets the pauses of the memory's collection as often as it does in service, whoever left the memory to
 * collect. Turns of the event loop lie between, so that ingest may go on.
 */
export async function timed(questions: readonly Asked[], times: number): Promise<Timed[]> {
	const found = questions.map((asked) => ({ asked, rows: 0, took: [] as number[] }));
	for (let run = 0; run <= times; run++) {
		for (const one of found) {
			await wait(1);
			const began = performance.now();
			one.rows = await one.asked.ask(run);
			if (run > 0) one.took.push(performance.now() - began);
		}
	}
	return found.map(({ asked: { question, from, target }, rows, took }) => {
		const p95 = round(quantile(took, 0.95));
		return { question, from, rows, p50: round(quantile(took, 0.5)), p95, target, met: p95 <= target };
	});
}

/** Appends events at a rate until told to stop; answers what was sent and how long the log took to acknowledge (ms). */
export async function keepIngesting(
	log: EventLog,
	options: HistoryOptions,
	rate: number,
	signal: AbortSignal
): Promise<{ events: number; ackP50: number; ackP99: number }> {
	const batch = 250;
	const start = historyEnd(options);
	const acks: number[] = [];
	const running: Promise<void>[] = [];
	const began = performance.now();
	let sent = 0;
	while (!signal.aborted) {
		const entries = Array.from({ length: batch }, (_, at) => {
			const line = benchEvent('while', sent + at, start, options.branches);
			const { source, id } = JSON.parse(line) as { source: string; id: string };
			return { source, id, key: source, line };
		});
		const at = performance.now();
		running.push(log.append('live', entries).then(() => void acks.push(performance.now() - at)));
		sent += batch;
		await wait(Math.max(0, began + (sent * 1_000) / rate - performance.now()));
	}
	await Promise.all(running);
	return { events: sent, ackP50: round(quantile(acks, 0.5)), ackP99: round(quantile(acks, 0.99)) };
}
