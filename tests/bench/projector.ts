import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { emitRows, type Mapping } from '#analytics/project/emit.ts';
import type { RowSink, Table, Tables } from '#analytics/project/rows.ts';
import { Targets } from '#analytics/project/targets.ts';
import { VisitFold } from '#analytics/project/visits.ts';
import { openStore } from '#analytics/store.ts';
import { applyToCase } from '#lib/domain/case/apply.ts';
import type { CaseState } from '#lib/domain/case/state.ts';
import { type EventName, typeOf } from '#lib/domain/events/catalogue.ts';
import type { DomainEvent } from '#lib/domain/events/event.ts';
import type { ClockRule, Policy } from '#lib/domain/sla/policy.ts';
import { withPlan } from '#lib/domain/sla/plan.ts';
import { MINUTE } from '#lib/domain/time.ts';
import { systemClock } from '#lib/server/clock.ts';

const START = Date.UTC(2026, 9, 5);
const BRANCHES = 2_000;
const COMMIT_EVERY = 20_000;

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
}

class Recorder implements RowSink {
	readonly rows: [Table, Tables[Table]][] = [];
	add<T extends Table>(table: T, row: Tables[T]): void {
		this.rows.push([table, row]);
	}
}

function project(line: string, offset: number, cases: Map<string, CaseState>, mapping: Mapping, sink: RowSink): void {
	const event = JSON.parse(line) as DomainEvent;
	const caseId = event.subject ?? '';
	const before = cases.get(caseId);
	const recorded = { offset, lane: 'live' as const, recordedAt: START + offset, event };
	const applied = applyToCase(before, recorded, POLICY);
	cases.set(caseId, applied.state);
	emitRows({ recorded, before, applied }, mapping, sink);
}

const newMapping = (): Mapping => ({ visits: new VisitFold(), targets: new Targets(POLICY) });

/** Measures the projector on synthetic cases in a temporary folder. */
export async function benchProjector(count = 240_000): Promise<ProjectorResult> {
	const texts = lines(count);
	const folder = await mkdtemp(join(tmpdir(), 'hotcard-projector-'));
	try {
		let began = performance.now();
		for (const line of texts) JSON.parse(line);
		const parse = performance.now() - began;

		const recorder = new Recorder();
		const seen = new Map<string, CaseState>();
		const mapping = newMapping();
		for (const [at, line] of texts.entries()) project(line, at, seen, mapping, recorder);
		const alone = await openStore(join(folder, 'alone.duckdb'), { clock: systemClock });
		let adding = 0;
		const spent = process.cpuUsage();
		began = performance.now();
		for (let from = 0; from < recorder.rows.length; from += COMMIT_EVERY) {
			const start = performance.now();
			for (const [table, row] of recorder.rows.slice(from, from + COMMIT_EVERY)) alone.writer.add(table, row);
			adding += performance.now() - start;
			await alone.writer.commit(from + COMMIT_EVERY);
		}
		const writing = performance.now() - began;
		const { user, system } = process.cpuUsage(spent);
		await alone.close();
		const { size } = await stat(join(folder, 'alone.duckdb'));

		const store = await openStore(join(folder, 'whole.duckdb'), { clock: systemClock });
		const cases = new Map<string, CaseState>();
		const fresh = newMapping();
		began = performance.now();
		let running: Promise<void> = Promise.resolve();
		for (const [at, line] of texts.entries()) {
			project(line, at, cases, fresh, store.writer);
			// Batches of the log arrive between turns of the event loop, in which a commit goes on.
			if ((at + 1) % 1_000 === 0) await setImmediate();
			if ((at + 1) % COMMIT_EVERY !== 0) continue;
			await running;
			running = store.writer.commit(at + 1);
		}
		await running;
		await store.writer.commit(count);
		const whole = performance.now() - began;
		await store.close();
		return {
			events: count,
			addMicros: (adding * 1_000) / count,
			writerMicros: (writing * 1_000) / count,
			writerCpuMicros: (user + system) / count,
			eventsPerSecond: Math.round((count / whole) * 1_000),
			parseShare: parse / whole,
			bytesPerEvent: size / count
		};
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

if (import.meta.main) console.log(await benchProjector());
