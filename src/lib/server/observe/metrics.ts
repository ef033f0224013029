import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ShellView } from '../../protocol/views.ts';
import type { IngestAnswer } from '../application.ts';

export interface Metrics {
	answered(answer: IngestAnswer): void;
	queried(name: string, seconds: number): void;
	lane(shell: ShellView): void;
	lag(events: number): void;
	text(): Promise<string>;
}

/** The figures of `/metrics`, one registry per application. Labels stay few: never a case id. */
export function createMetrics(version: string): Metrics {
	const registers = [new Registry()];
	const [register] = registers as [Registry];
	collectDefaultMetrics({ register });
	new Gauge({ name: 'hotcard_build_info', help: 'version of the program', labelNames: ['version'], registers }).set(
		{ version },
		1
	);
	const events = new Counter({
		name: 'hotcard_ingest_events_total',
		help: 'events at the door by result',
		labelNames: ['result'],
		registers
	});
	for (const result of ['accepted', 'duplicate', 'rejected']) events.inc({ result }, 0);
	const answers = new Counter({
		name: 'hotcard_ingest_answers_total',
		help: 'answers by status',
		labelNames: ['status'],
		registers
	});
	const query = new Histogram({
		name: 'hotcard_duckdb_query_seconds',
		help: 'time of a question to the projections',
		labelNames: ['question'],
		buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
		registers
	});
	const lag = new Gauge({
		name: 'hotcard_projection_lag_events',
		help: 'events in the log that the projections do not have yet',
		registers
	});
	const open = new Gauge({ name: 'hotcard_cases_open', help: 'open cases', labelNames: ['lane'], registers });
	const broken = new Gauge({
		name: 'hotcard_cases_breached',
		help: 'open cases with a broken clock',
		labelNames: ['lane'],
		registers
	});
	const atRisk = new Gauge({
		name: 'hotcard_cases_at_risk',
		help: 'open cases near a deadline',
		labelNames: ['lane'],
		registers
	});
	return {
		answered(answer) {
			answers.inc({ status: String(answer.status) });
			events.inc({ result: 'accepted' }, answer.accepted);
			events.inc({ result: 'duplicate' }, answer.duplicates);
			events.inc({ result: 'rejected' }, answer.rejected.length);
		},
		queried: (question, seconds) => query.observe({ question }, seconds),
		lane(shell) {
			open.set({ lane: shell.lane }, shell.open);
			broken.set({ lane: shell.lane }, shell.breached);
			atRisk.set({ lane: shell.lane }, shell.atRisk);
		},
		lag: (count) => lag.set(count),
		text: () => register.metrics()
	};
}
