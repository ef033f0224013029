import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Actor } from '../domain/actor.ts';
import { HotcardError } from '../domain/error.ts';
import type { Lane } from '../domain/lane.ts';
import { PEOPLE } from '../domain/people.ts';
import type { Clock } from '../domain/time.ts';
import { caseState } from './access/case-state.ts';
import { createCommands } from './access/run-command.ts';
import type { Application, Config } from './application.ts';
import { exportLog } from './exchange/export.ts';
import { createImports } from './exchange/imports.ts';
import { rawEvent } from './hub/raw-event.ts';
import { createIngest } from './ingest/ingest.ts';
import { openSqliteQuarantine } from './ingest/quarantine-sqlite.ts';
import { LaneTimes } from './lab/lane-times.ts';
import { policyOf } from './live/policy-source.ts';
import { settled } from './live/settle.ts';
import { workerEngine } from './live/worker-engine.ts';
import { openSqliteLog } from './log/sqlite.ts';
import { healthOf } from './observe/health.ts';
import { createMetrics } from './observe/metrics.ts';
import { loadPolicy, loadProfile } from './policies.ts';
import { viewsOf } from './views.ts';

export const VERSION = '0.1.0';
const BRANCH_LIMIT = 100_000;

export interface Surrounding {
	clock: Clock;
	log: (message: string) => void;
	/** Upper bound of the log file in bytes, asked before each commit; without it the disk is the bound. */
	maxLogBytes?: () => number;
}

/** Builds the whole application on a data folder: the only place that names adapters. What fails on the way leaves nothing open. */
export async function compose(config: Config, surrounding: Surrounding): Promise<Application> {
	const opened: (() => Promise<void> | void)[] = [];
	try {
		return await assemble(config, surrounding, opened);
	} catch (error) {
		for (const close of opened.reverse()) await close();
		throw error;
	}
}

async function assemble(
	config: Config,
	{ clock, log: say, maxLogBytes }: Surrounding,
	opened: (() => Promise<void> | void)[]
): Promise<Application> {
	const { dataDir } = config;
	await mkdir(dataDir, { recursive: true }).catch((cause: unknown) => {
		throw new HotcardError('data-readonly', `cannot make the data folder ${dataDir}`, {
			cause,
			remedy: 'Name a folder that you may write with --data.'
		});
	});
	const source = await loadPolicy(dataDir);
	const policy = policyOf(source);
	const log = await openSqliteLog(dataDir, clock, maxLogBytes ? { maxBytes: maxLogBytes } : {});
	opened.push(() => log.close());
	const quarantine = openSqliteQuarantine(dataDir);
	opened.push(() => quarantine.close());
	const engine = workerEngine({
		logDir: dataDir,
		file: join(dataDir, 'projections.duckdb'),
		policy: source,
		onFault: (error) => say(`engine: ${error instanceof Error ? error.message : String(error)}`)
	});
	opened.push(() => engine.close());
	const known = new Set<Lane>();
	const stopFeeding = log.onCommit((batch) => {
		known.add(batch.lane);
		engine.apply(batch);
	});
	await engine.start();
	const metrics = createMetrics(VERSION);
	const reader = PEOPLE[0] as Actor;
	let draining = false;

	const lanes = new LaneTimes({ clock, engine, dataDir, say, submit: (...args) => ingest.submit(...args) });
	opened.push(() => lanes.close());
	const ingest = createIngest({
		log,
		clock,
		quarantine,
		laneNow: (lane) => lanes.now(lane),
		unready: () => (draining ? 'draining' : undefined)
	});
	const present = await log.lanes();
	for (const { lane } of present) known.add(lane);
	await lanes.freeze(present);
	if (config.demo) await lanes.openDemo(await loadProfile('to-be'));

	const views = viewsOf(engine, quarantine, { clock, log, lanes: () => [...known] });
	const imports = createImports({
		admit: (...args) => ingest.admit(...args),
		quarantine,
		clock,
		timeZone: config.timeZone
	});
	const provinces = new Map<string, string>();
	const commands = createCommands({
		caseState: (lane, caseId) => caseState({ engine, log, policy, reader }, lane, caseId),
		submit: (...args) => ingest.submit(...args),
		laneNow: (lane) => lanes.now(lane) ?? clock.now(),
		provinceOf: (branchId) => provinces.get(branchId) ?? null,
		newId: () => randomUUID()
	});

	async function learnProvinces(): Promise<void> {
		const { rows } = await engine.query('SELECT DISTINCT branch_id, province FROM branches', BRANCH_LIMIT);
		for (const row of rows) provinces.set(String(row['branch_id']), String(row['province']));
	}

	const app: Application = {
		version: VERSION,
		config,
		people: PEOPLE,
		views,
		commands: {
			async run(command, actor) {
				await learnProvinces();
				return commands.run(command, actor);
			}
		},
		ingest: {
			limits: ingest.limits,
			async accept(request) {
				const answer = await ingest.accept(request);
				metrics.answered(answer);
				return answer;
			},
			resubmit: (id, body, actor) => ingest.resubmit(id, body, actor),
			dismiss: (id, actor) => ingest.dismiss(id, actor)
		},
		imports: {
			preview: (file) => imports.preview(file),
			async run(file, mapping, options) {
				const summary = await imports.run(file, mapping, options);
				await settled(engine, clock, log.head());
				await lanes.freeze([{ lane: summary.lane }]);
				return summary;
			}
		},
		health: () => healthOf({ version: VERSION, log, engine, draining }),
		async metrics() {
			metrics.lag(log.head() - engine.applied());
			for (const { lane } of await log.lanes()) {
				metrics.lane((await engine.view('shell', { lane }, reader)).view);
			}
			return metrics.text();
		},
		async query(sql, limit) {
			await settled(engine, clock, log.head());
			const started = performance.now();
			const answer = await engine.query(sql, limit);
			metrics.queried('sql', (performance.now() - started) / 1_000);
			return answer;
		},
		verify: () => engine.verify(),
		rebuild: () => engine.rebuild(),
		exportLog: (options) => exportLog({ log }, options),
		async event(offset, actor) {
			const found = await log.at(offset);
			return found && rawEvent(offset, found, actor);
		},
		defaultLane: (): Lane => (config.demo ? 'demo' : 'live'),
		async control({ lane, speed }, actor) {
			await lanes.control(lane, speed, actor);
		},
		async close() {
			draining = true;
			await lanes.close();
			views.close();
			stopFeeding();
			await engine.close();
			await log.close();
			quarantine.close();
		}
	};
	return app;
}
