import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { RowSink, Table, Tables } from '#analytics/project/rows.ts';
import { openStore } from '#analytics/store.ts';
import { applyToCase } from '#lib/domain/case/apply.ts';
import { type EventName, typeOf } from '#lib/domain/events/catalogue.ts';
import type { ClockRule, Policy } from '#lib/domain/sla/policy.ts';
import { withPlan } from '#lib/domain/sla/plan.ts';
import { MINUTE } from '#lib/domain/time.ts';
import { systemClock } from '#lib/server/clock.ts';
import { Shard } from '#lib/server/live/project/shard.ts';
import { targetsOf } from '#lib/server/live/targets.ts';
import type { LogBatch } from '#lib/server/log/port.ts';
import { secondsOfCopy } from './pg-copy.ts';

const START = Date.UTC(2026, 9, 5);
const BRANCHES = 2_000;
const BATCH = 1_000;
/** As while a server catches up. */
const ROWS_PER_COMMIT = 100_000;

const PATH: [EventName, Record<string, unknown>][] = [
	['case.freeze_requested', { paymentChannels: ['unionpay', 'mobile_pay'] }],
	['case.frozen', { paymentChannel: 'unionpay' }],
	['case.freeze_completed', {}],
	['case.verification_started', { methods: ['face'] }],
	['case.verified', {}],
	['case.risk_assessed', { score: 0.1, outcome: 'pass', decisionMs: 30, reasons: [] }],
	['case.authorised', { automatic: true }],
	['case.card_ordered', { way: 'centre', product: 'debit' }],
	['case.card_personalised', {}],
	['shipment.delivered', {}],
	['case.card_activated', {}]
];

function rule(id: string, start: EventName, end: EventName): ClockRule {
	return {
		id,
		name: { zh: id, en: id },
		stage: null,
		start: [{ type: start }],
		end: [{ type: end }],
		cancel: [],
		target: 10 * MINUTE,
		objective: 0.95,
		atRisk: 0.8,
		kind: 'wall',
		calendar: null,
		scope: {},
		pause: []
	};
}

const POLICY: Policy = withPlan({
	hash: 'bench',
	clocks: [
		rule('freeze', 'case.reported', 'case.freeze_completed'),
		rule('card', 'case.authorised', 'shipment.delivered')
	],
	closes: []
});

/** Lines of cases that overlap as they do in a bank: the same ones on every call. */
function lines(count: number): string[] {
	const steps = PATH.length + 1;
	return Array.from({ length: count }, (_, at) => {
		const group = Math.floor(at / (steps * 500));
		const within = at % (steps * 500);
		const number = group * 500 + (within % 500);
		const step = Math.floor(within / 500);
		const caseId = `C-2026-${String(number).padStart(7, '0')}`;
		const card = { token: `t${number}`, bin: '622848', last4: String(number % 10_000).padStart(4, '0') };
		const branchId = `B${String((number * 7_919) % BRANCHES).padStart(5, '0')}`;
		const report = { kind: 'formal', channel: 'mobile', branchId, customerRef: `u${number}`, card, tier: 'standard' };
		const [name, data] = step === 0 ? (['case.reported', report] as const) : PATH[step - 1]!;
		const time = new Date(START + at * 200 + ((at * 7_919) % 997)).toISOString();
		const head = { specversion: '1.0', id: `e${at}`, source: '/bench', type: typeOf(name), time, subject: caseId };
		return JSON.stringify({ ...head, data: { caseId, ...data } });
	});
}

export interface ProjectorResult {
	events: number;
	/** Filling columns, and commits with everything on disk, per event of the writer alone (µs). */
	addMicros: number;
	writerMicros: number;
	/** Processor time of the same, all threads: what is left of it on a busy machine. */
	writerCpuMicros: number;
	/** Parse, evolve, map, write: events per second, and as a share of JSON.parse alone. */
	eventsPerSecond: number;
	parseShare: number;
	bytesPerEvent: number;
	/** How many times as long PostgreSQL's COPY takes for the same rows, with no index and no sync; null where it was not asked. */
	overCopy: number | null;
}

class Recorder implements RowSink {
	readonly rows: [Table, Tables[Table]][] = [];
	add<T extends Table>(table: T, row: Tables[T]): void {
		this.rows.push([table, { ...row }]);
	}
}

/** Batches as the log hands them over. */
function batches(texts: readonly string[]): LogBatch[] {
	return Array.from({ length: Math.ceil(texts.length / BATCH) }, (_, at) => {
		const part = texts.slice(at * BATCH, (at + 1) * BATCH);
		const lines = new TextEncoder().encode(part.map((line) => `${line}\n`).join(''));
		return { first: at * BATCH, count: part.length, lane: 'live', recordedAt: START + at, lines };
	});
}

/** The projector of a rebuild, all of it on this thread. */
const projector = (sink: RowSink): Shard => new Shard({ index: 0, of: 1 }, applyToCase, targetsOf(POLICY), sink);

/** Parses every line, ms. */
function parseAlone(texts: readonly string[]): number {
	const began = performance.now();
	for (const line of texts) JSON.parse(line);
	return performance.now() - began;
}

/** The writer alone: rows that are ready, ms of each part, and PostgreSQL's COPY of the same. */
async function writeAlone(
	log: readonly LogBatch[],
	file: string,
	postgres: boolean
): Promise<{ adding: number; writing: number; cpu: number; size: number; copied: number | undefined }> {
	const recorder = new Recorder();
	const recording = projector(recorder);
	for (const batch of log) recording.take(batch);
	const store = await openStore(file, { clock: systemClock });
	let adding = 0;
	const spent = process.cpuUsage();
	const began = performance.now();
	for (let from = 0; from < recorder.rows.length; from += ROWS_PER_COMMIT) {
		const start = performance.now();
		for (const [table, row] of recorder.rows.slice(from, from + ROWS_PER_COMMIT)) store.writer.add(table, row);
		adding += performance.now() - start;
		await store.writer.commit(from + ROWS_PER_COMMIT);
	}
	const writing = performance.now() - began;
	const { user, system } = process.cpuUsage(spent);
	await store.close();
	const { size } = await stat(file);
	return { adding, writing, cpu: user + system, size, copied: postgres ? await secondsOfCopy(file) : undefined };
}

/** From the lines of the log to rows on disk, ms. */
async function projectAll(log: readonly LogBatch[], file: string): Promise<number> {
	const store = await openStore(file, { clock: systemClock });
	const shard = projector(store.writer);
	const began = performance.now();
	let running: Promise<void> = Promise.resolve();
	let next = 0;
	for (const batch of log) {
		shard.take(batch);
		next = batch.first + batch.count;
		// Batches of the log arrive between turns of the event loop, in which a commit goes on.
		await setImmediate();
		if (store.writer.pending < ROWS_PER_COMMIT) continue;
		await running;
		running = store.writer.commit(next);
	}
	await running;
	await store.writer.commit(next);
	const took = performance.now() - began;
	await store.close();
	return took;
}

/** Measures the projector on synthetic cases in a temporary folder. */
export async function benchProjector(count: number, postgres: boolean): Promise<ProjectorResult> {
	const folder = await mkdtemp(join(tmpdir(), 'hotcard-projector-'));
	try {
		const log = batches(lines(count));
		const whole = await projectAll(log, join(folder, 'whole.duckdb'));
		const { adding, writing, cpu, size, copied } = await writeAlone(log, join(folder, 'alone.duckdb'), postgres);
		return {
			events: count,
			addMicros: (adding * 1_000) / count,
			writerMicros: (writing * 1_000) / count,
			writerCpuMicros: cpu / count,
			eventsPerSecond: Math.round((count / whole) * 1_000),
			parseShare: parseAlone(lines(count)) / whole,
			bytesPerEvent: size / count,
			overCopy: copied === undefined ? null : (copied * 1_000) / writing
		};
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
