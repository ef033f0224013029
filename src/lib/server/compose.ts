import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Actor } from '../domain/actor.ts';
import { HotcardError } from '../domain/error.ts';
import { isSynthetic, type Lane } from '../domain/lane.ts';
import { PEOPLE } from '../domain/people.ts';
import type { Clock } from '../domain/time.ts';
import { caseState } from './access/case-state.ts';
import { createCommands } from './access/run-command.ts';
import type { Application, Config } from './application.ts';
import { rawEvent } from './hub/raw-event.ts';
import { createIngest } from './ingest/ingest.ts';
import { openSqliteQuarantine } from './ingest/quarantine-sqlite.ts';
import { laneControl } from './lab/lane-control.ts';
import { LaneTimes } from './lab/lane-times.ts';
import { policyOf } from './live/policy-source.ts';
import { settled } from './live/settle.ts';
import { workerEngine } from './live/worker-engine.ts';
import { dataMissing } from './log/errors.ts';
import { hasSqliteLog, openSqliteLog } from './log/sqlite.ts';
import { healthOf } from './observe/health.ts';
import { loadPolicy, loadProfile } from './policies.ts';
import { viewsOf } from './views.ts';

export const VERSION = '0.1.0';
const BRANCH_LIMIT = 100_000;

export interface Surrounding {
	clock: Clock;
	log: (message: string) => void;
	/** Upper bound of the log file in bytes, asked before each commit; without it the disk is the bound. */
	maxLogBytes?: () => number;
	/** `later`: the engine gets ready beside the first work, and only what needs it waits for it. Default: the application is ready when it is there. */
	engine?: 'ready' | 'later';
	/** `existing`: a folder without a log is refused (`data-missing`) and left as it is. Default: a new one is begun there. */
	folder?: 'existing' | 'any';
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
	{ clock, log: say, maxLogBytes, engine: wanted = 'ready', folder = 'any' }: Surrounding,
	opened: (() => Promise<void> | void)[]
): Promise<Application> {
	const { dataDir } = config;
	if (folder === 'existing' && !hasSqliteLog(dataDir)) throw dataMissing(dataDir);
	await mkdir(dataDir, { recursive: true }).catch((cause: unknown) => {
		throw new HotcardError('data-readonly', `cannot make the data folder ${dataDir}`, {
			cause,
			remedy: 'Name a folder that you may write with --data.'
		});
	});
	const source = await loadPolicy(dataDir);
	const policy = once(async () => policyOf(source));
	const engine = workerEngine({
		logDir: dataDir,
		file: join(dataDir, 'projections.duckdb'),
		policy: source,
		onFault: (error) => say(`engine: ${error instanceof Error ? error.message : String(error)}`)
	});
	engine.prepare();
	// All at once: threads get ready and open the log while this one reads the policy.
	const [opening, read] = await Promise.allSettled([
		openSqliteLog(dataDir, clock, maxLogBytes ? { maxBytes: maxLogBytes } : {}),
		wanted === 'ready' ? policy() : undefined
	]);
	if (opening.status === 'fulfilled') opened.push(() => opening.value.close());
	opened.push(() => engine.close());
	if (read.status === 'rejected') throw read.reason;
	if (opening.status === 'rejected') throw opening.reason;
	const log = opening.value;
	const quarantine = openSqliteQuarantine(dataDir);
	opened.push(() => quarantine.close());
	const known = new Set<Lane>();
	const stopFeeding = log.onCommit((batch) => {
		known.add(batch.lane);
		engine.apply(batch);
		lanes.arrived(batch.lane);
	});
	const started = engine.start().catch(async (error: unknown) => {
		// A policy that cannot be read says where it is wrong; the thread only says that it broke.
		await policy();
		throw error;
	});
	// Whoever needs the engine hears of its failure.
	started.catch(() => undefined);
	if (wanted === 'ready') await started;
	// Loaded when they are first needed: with DuckDB and the rest behind them they take longer than many a command.
	const metrics = once(async () => (await import('./observe/metrics.ts')).createMetrics(VERSION));
	const reader = PEOPLE[0] as Actor;
	let draining = false;

	const lanes = new LaneTimes({
		clock,
		log,
		engine,
		dataDir,
		say,
		submit: (...args) => ingest.submit(...args),
		settled: () => settled(engine, clock, log.head())
	});
	opened.push(() => lanes.close());
	const ingest = createIngest({
		log,
		clock,
		quarantine,
		laneNow: (lane) => lanes.now(lane),
		bound: (lane) => lanes.bound(lane),
		unready: () => (draining ? 'draining' : undefined)
	});
	const present = await log.lanes();
	for (const { lane } of present) known.add(lane);
	// Where a lane stands is asked of the projections, which `later` has not opened yet.
	if (present.some(({ lane }) => isSynthetic(lane))) await started;
	await lanes.freeze(present);
	if (config.demo) await lanes.openDemo(await loadProfile('to-be'));

	const views = viewsOf(engine, quarantine, { clock, log, lanes: () => [...known] });
	const imports = once(async () => {
		const { createImports } = await import('./exchange/imports.ts');
		const admit: typeof ingest.admit = async (...args) => {
			await started;
			return ingest.admit(...args);
		};
		return createImports({ admit, quarantine, clock, timeZone: config.timeZone });
	});
	const provinces = new Map<string, string>();
	const commands = createCommands({
		caseState: async (lane, caseId) => caseState({ engine, log, policy: await policy(), reader }, lane, caseId),
		submit: (...args) => ingest.submit(...args),
		laneNow: (lane) => lanes.now(lane) ?? clock.now(),
		provinceOf: (branchId) => provinces.get(branchId) ?? null,
		newId: () => randomUUID()
	});

	const lab = laneControl({
		driver: (lane) => lanes.driver(lane),
		tell: () => lanes.tell(),
		known: (lane) => lane === app.defaultLane() || lane === 'live' || known.has(lane),
		laneNow: (lane) => lanes.now(lane) ?? clock.now(),
		submit: (...args) => ingest.submit(...args),
		newId: () => randomUUID(),
		say
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
				(await metrics()).answered(answer);
				return answer;
			},
			resubmit: (id, body, actor) => ingest.resubmit(id, body, actor),
			dismiss: (id, actor) => ingest.dismiss(id, actor)
		},
		imports: {
			preview: async (file) => (await imports()).preview(file),
			async run(file, mapping, options) {
				const summary = await (await imports()).run(file, mapping, options);
				await started;
				await settled(engine, clock, log.head());
				await lanes.freeze([{ lane: summary.lane }]);
				return summary;
			}
		},
		health: () => healthOf({ version: VERSION, log, engine, draining }),
		async metrics() {
			const all = await metrics();
			all.lag(log.head() - engine.applied());
			for (const { lane } of await log.lanes()) {
				all.lane((await engine.view('shell', { lane }, reader)).view);
			}
			return all.text();
		},
		async query(sql, limit) {
			await started;
			await settled(engine, clock, log.head());
			const asked = performance.now();
			const answer = await engine.query(sql, limit);
			(await metrics()).queried('sql', (performance.now() - asked) / 1_000);
			return answer;
		},
		async verify() {
			await started;
			return engine.verify();
		},
		async rebuild() {
			await started;
			return engine.rebuild();
		},
		exportLog: async (options) => (await import('./exchange/export.ts')).exportLog({ log }, options),
		async event(offset, actor) {
			const found = await log.at(offset);
			return found && rawEvent(offset, found, actor);
		},
		lab,
		defaultLane: (): Lane => (config.demo ? 'demo' : 'live'),
		async close() {
			draining = true;
			await lanes.close();
			views.close();
			stopFeeding();
			await started.catch(() => undefined);
			await engine.close();
			await log.close();
			quarantine.close();
		}
	};
	return app;
}

/** Does it at the first call, and answers the same to all. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
	let made: Promise<T> | undefined;
	return () => (made ??= make());
}
