import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clockAtEnd, dataFolder, openFolder } from './data-folder.ts';
import type { HistoryOptions } from './history.ts';
import { comparePostgres, type PostgresBench } from './postgres.ts';
import { keepIngesting, questionsOf, type Timed, timed } from './questions.ts';
import { usageOf } from './usage.ts';

export interface QueriesOptions extends HistoryOptions {
	/** Where histories are kept between runs. */
	data?: string;
	/** Times each question is asked. */
	times: number;
	/** Events per second that are taken meanwhile; 0 = idle. */
	whileIngesting: number;
	postgres: boolean;
}

export interface QueriesBench {
	events: number;
	branches: number;
	whileIngesting: number;
	questions: Timed[];
	ingest: { events: number; ackP50: number; ackP99: number } | null;
	rssMb: number;
	duckdbBytesPerEvent: number;
	/** The same questions to PostgreSQL, or why they were not asked. */
	postgres: PostgresBench | { skipped: string };
}

/** The dashboard's questions on a long history: p50 and p95 (ms). Engine, log and questions share this process; the engine has its thread to itself in a server. */
export async function benchQueries(options: QueriesOptions): Promise<QueriesBench> {
	const folder = await dataFolder(options, options.data);
	const copy = options.whileIngesting > 0 ? await mkdtemp(join(tmpdir(), 'hotcard-bench-')) : undefined;
	try {
		// What is taken meanwhile must not stay in the history that is kept.
		if (copy !== undefined) await cp(folder.dir, copy, { recursive: true });
		const clock = clockAtEnd(options);
		const { log, engine } = await openFolder(copy ?? folder.dir, clock);
		const stop = new AbortController();
		const unfeed = log.onCommit((batch) => engine.apply(batch));
		let questions: Timed[];
		let ingest: QueriesBench['ingest'] = null;
		try {
			await engine.summarise();
			const ingesting =
				options.whileIngesting > 0 ? keepIngesting(log, options, options.whileIngesting, stop.signal) : undefined;
			questions = await timed(questionsOf(engine, options), options.times);
			stop.abort();
			ingest = (await ingesting) ?? null;
		} finally {
			stop.abort();
			unfeed();
			await engine.close();
			await log.close();
		}
		const { peakRssMb } = usageOf(process.pid);
		const file = join(folder.dir, 'projections.duckdb');
		return {
			events: folder.head,
			branches: options.branches,
			whileIngesting: options.whileIngesting,
			questions,
			ingest,
			rssMb: Math.round(peakRssMb),
			duckdbBytesPerEvent: folder.duckdbBytesPerEvent,
			postgres: options.postgres
				? await comparePostgres(file, folder.head, options)
				: { skipped: 'not asked for: add --postgres' }
		};
	} finally {
		if (copy !== undefined) await rm(copy, { recursive: true, force: true });
	}
}
