import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalog, type Params } from '../../analytics/catalog.ts';
import { type HeatCells, HOURS_OF_WEEK, rowAt } from '../../analytics/heatmap/cells.ts';
import { heatmap, type HeatmapAsked } from '../../analytics/heatmap/heatmap.ts';
import { unpackOffsets } from '../../analytics/project/offsets.ts';
import { TABLE_NAMES } from '../../analytics/project/tables.ts';
import type { Question } from '../../analytics/questions.ts';
import { openStore, type Store } from '../../analytics/store.ts';
import { systemClock } from '../../src/lib/server/clock.ts';
import type { HistoryOptions } from './history.ts';
import { copyOver } from './pg-copy.ts';
import { type Cluster, postgresPrograms, startCluster } from './pg-cluster.ts';
import { ranges } from './questions.ts';
import { quantile, round } from './statistics.ts';

export interface Paired {
	question: string;
	duckdbP50: number;
	postgresP50: number;
	/** How many times as long PostgreSQL takes. */
	ratio: number;
	rows: number;
	/** Cells that differ; 0 = the answers are the same. */
	differences: number;
}

export interface PostgresBench {
	version: string;
	questions: Paired[];
	duckdbBytesPerEvent: number;
	postgresBytesPerEvent: number;
	/** DuckDB's bytes as a share of PostgreSQL's. */
	bytesShare: number;
	/** Seconds of COPY alone, before any index. */
	copySeconds: number;
}

/** A question to DuckDB: its rows to compare, and the whole answer by columns to time. */
interface Own {
	rows(): Promise<Record<string, unknown>[]>;
	timed(): Promise<unknown>;
}

interface Pair {
	question: string;
	duckdb: Own;
	/** Columns in the order of the answer above; times as ms. */
	postgres: string;
}

/** Times each question is asked at most: some take PostgreSQL more than ten seconds. */
const MOST = 7;

const INDEXES = [
	'CREATE INDEX ON events (lane, case_id, occurred_at)',
	'CREATE INDEX ON events (lane, occurred_at)',
	'CREATE INDEX ON stage_spans (lane, ended_at)',
	'CREATE INDEX ON visits (lane, completed_at)',
	'CREATE INDEX ON visits (lane, branch_id, completed_at)',
	'CREATE INDEX ON stock_movements (lane, branch_id, product, "offset")'
];

const ms = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::bigint`;
const at = (value: number): string => `to_timestamp(${value / 1_000})`;
const text = (value: string): string => `'${value}'`;

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** The cells of some branches as rows, as PostgreSQL answers them. */
function rowsOf(cells: HeatCells, branches: Iterable<string>): Record<string, unknown>[] {
	const { volume, waitN, waitP90, handlingN, handlingP90, overtime } = cells;
	const numbers = Object.entries({ volume, waitN, waitP90, handlingN, handlingP90, overtime });
	const rows: Record<string, unknown>[] = [];
	for (const branch of branches) {
		for (let hour = 0; hour < HOURS_OF_WEEK; hour += 1) {
			const row = rowAt(cells, branch, hour);
			if (row < 0) continue;
			const values = numbers.map(([name, column]) => [name, orNull(column[row]!)]);
			rows.push({ branch, hour, ...Object.fromEntries(values) });
		}
	}
	return rows;
}

/** Straight from the visits, as the screen asks it. */
const straight = (store: Store, asked: HeatmapAsked): Own => ({
	rows: async () => {
		const cells = await heatmap(store, asked);
		return rowsOf(cells, cells.places.keys());
	},
	timed: () => heatmap(store, asked)
});

/** Of what a server counted off the live path: as a screen of a province is answered. */
function fromMemory(store: Store, asked: HeatmapAsked, branches: readonly string[]): Own {
	const counted = heatmap(store, asked);
	const rows = async (): Promise<Record<string, unknown>[]> => rowsOf(await counted, branches);
	return { rows, timed: rows };
}

/** As the page of a closed case finds them: a server knows the last of its offsets. */
function eventsOfCase(store: Store, caseId: string): Own {
	const { query } = store;
	const known = query(`SELECT closed_offset AS last FROM case_closings WHERE case_id = '${caseId}'`);
	const rows = async (): Promise<Record<string, unknown>[]> => {
		const last = Number((await known).rows[0]?.['last']);
		const [closing] = await catalog.run(store, 'case_closing', { lane: 'live', case: caseId, last });
		const offsets = unpackOffsets(closing?.event_offsets ?? '');
		return catalog.run(store, 'case_events', { lane: 'live', case: caseId, offsets });
	};
	return { rows, timed: rows };
}

function pairs(store: Store, options: HistoryOptions): Pair[] {
	const { now, month, heat, some, caseIds } = ranges(options);
	const caseId = caseIds[7] ?? '';
	const own = <Q extends Question>(question: Q, params: Params<Q>): Own => ({
		rows: () => catalog.run(store, question, params),
		timed: () => catalog.columns(store, question, params)
	});
	const sorted = some.toSorted();
	const heatmapOf = (branches?: readonly string[]): Pair => ({
		question: branches ? `heatmap of ${branches.length} branches` : 'heatmap of all branches',
		duckdb: straight(store, { ...heat, ...(branches && { branches }) }),
		postgres: `SELECT branch_id, (extract(isodow FROM ticket_at)::int - 1) * 24 + extract(hour FROM ticket_at)::int AS hour_of_week,
			count(*), count(wait_ms), percentile_disc(0.9) WITHIN GROUP (ORDER BY wait_ms), count(handling_ms),
			percentile_disc(0.9) WITHIN GROUP (ORDER BY handling_ms), count(*) FILTER (WHERE handling_ms > ${heat.target})
			FROM visits WHERE lane = 'live' AND completed_at >= ${at(heat.from)} AND completed_at < ${at(heat.to)}
			AND ticket_at IS NOT NULL ${branches ? `AND branch_id IN (${branches.map(text).join(', ')})` : ''}
			GROUP BY 1, 2 ORDER BY 1, 2`
	});
	return [
		{
			question: 'open cases by stage',
			duckdb: own('open_cases_by_stage', { lane: 'live', at: now }),
			postgres: `SELECT stage, count(*) FROM (SELECT DISTINCT ON (case_id) case_id, stage FROM events
				WHERE lane = 'live' AND case_id IS NOT NULL AND stage IS NOT NULL AND occurred_at <= ${at(now)} ORDER BY case_id, "offset" DESC) last
				WHERE stage <> 'closed' GROUP BY stage ORDER BY stage`
		},
		heatmapOf(),
		heatmapOf(sorted),
		{
			...heatmapOf(sorted),
			question: 'heatmap of 50 branches, from memory',
			duckdb: fromMemory(store, heat, sorted)
		},
		{
			question: 'stage percentiles by day, 30 days',
			duckdb: own('stage_percentiles_by_day', month),
			postgres: `SELECT ${ms("date_trunc('day', ended_at)")} AS day, stage, count(*),
				percentile_disc(0.5) WITHIN GROUP (ORDER BY dwell_ms), percentile_disc(0.9) WITHIN GROUP (ORDER BY dwell_ms)
				FROM stage_spans WHERE lane = 'live' AND ended_at >= ${at(month.from)} AND ended_at < ${at(month.to)}
				GROUP BY 1, 2 ORDER BY 1, 2`
		},
		{
			question: 'stock by branch and kind from movements',
			duckdb: own('stock_levels', { lane: 'live' }),
			postgres: `WITH counted AS (SELECT DISTINCT ON (lane, branch_id, product) lane, branch_id, product, "offset" AS at, quantity
				FROM stock_movements WHERE change = 'count' ORDER BY lane, branch_id, product, "offset" DESC)
				SELECT m.branch_id, m.product, max(c.quantity) + coalesce(sum(m.quantity) FILTER (WHERE m.change = 'move' AND m."offset" > c.at), 0),
				(array_agg(m.threshold ORDER BY m."offset" DESC) FILTER (WHERE m.threshold IS NOT NULL))[1], ${ms('max(m.occurred_at)')}
				FROM stock_movements m LEFT JOIN counted c USING (lane, branch_id, product)
				WHERE m.lane = 'live' GROUP BY m.branch_id, m.product ORDER BY m.branch_id, m.product`
		},
		{
			question: 'one case, its events',
			duckdb: eventsOfCase(store, caseId),
			postgres: `SELECT "offset", ${ms('recorded_at')}, ${ms('occurred_at')}, type, activity, case_seq, stage, from_stage, dwell_ms,
				branch_id, channel, tier, resource, lifecycle, violation
				FROM events WHERE lane = 'live' AND case_id = ${text(caseId)} ORDER BY occurred_at, "offset"`
		}
	];
}

/** The same rows in PostgreSQL with indexes of the usual kind, the same questions to both, answers compared cell by cell. */
export async function comparePostgres(
	file: string,
	events: number,
	options: HistoryOptions & { times: number }
): Promise<PostgresBench | { skipped: string }> {
	const bin = postgresPrograms();
	if (bin === undefined)
		return { skipped: 'PostgreSQL is not installed here (no initdb in /usr/lib/postgresql or PATH)' };
	const dir = await mkdtemp(join(tmpdir(), 'hotcard-pg-copy-'));
	await chmod(dir, 0o755);
	const cluster = await startCluster(bin).catch((error: unknown) => String(error));
	if (typeof cluster === 'string') return { skipped: `PostgreSQL did not start: ${cluster}` };
	try {
		const copySeconds = round(await copyOver(file, dir, cluster));
		for (const index of INDEXES) await cluster.psql(index);
		// What was loaded goes to disk now, not beside the first questions.
		await cluster.psql('VACUUM ANALYZE; CHECKPOINT');
		const store = await openStore(file, { clock: systemClock, readOnly: true, timeLimit: 600_000 });
		try {
			const questions: Paired[] = [];
			for (const pair of pairs(store, options))
				questions.push(await paired(pair, cluster, Math.min(options.times, MOST)));
			const tables = TABLE_NAMES.map((table) => `pg_total_relation_size('${table}')`).join(' + ');
			const postgresBytes = Number(await cluster.psql(`SELECT ${tables}`, ['-A', '-t']));
			const duckdbBytes = await blockBytes(store);
			return {
				version: cluster.version,
				questions,
				duckdbBytesPerEvent: round(duckdbBytes / events, 1),
				postgresBytesPerEvent: round(postgresBytes / events, 1),
				bytesShare: round(duckdbBytes / postgresBytes),
				copySeconds
			};
		} finally {
			await store.close();
		}
	} finally {
		await cluster.stop();
		await rm(dir, { recursive: true, force: true });
	}
}

/** Bytes of the blocks that are in use: what stands free in the file is no data. */
async function blockBytes(store: Store): Promise<number> {
	const { rows } = await store.query('SELECT used_blocks * block_size AS bytes FROM pragma_database_size()');
	return Number(rows[0]?.['bytes']);
}

async function paired({ question, duckdb, postgres }: Pair, cluster: Cluster, times: number): Promise<Paired> {
	const sql = `${postgres.replaceAll(/\s+/g, ' ')};\n`;
	// What was compared is let go of first: with millions of cells alive, each run would time their marking.
	const { rows, differences } = await compared(duckdb, sql, cluster);
	await duckdb.timed();
	const mine: number[] = [];
	for (let run = 0; run < times; run++) {
		const began = performance.now();
		await duckdb.timed();
		mine.push(performance.now() - began);
	}
	const timing = await cluster.psql(`\\timing on\n\\o /dev/null\n${sql.repeat(times)}`, ['-A', '-t']);
	const others = [...timing.matchAll(/^(?:Time|Zeit): ([\d.]+) ms/gm)].map((found) => Number(found[1]));
	const duckdbP50 = round(quantile(mine, 0.5));
	const postgresP50 = round(quantile(others, 0.5));
	return { question, duckdbP50, postgresP50, ratio: round(postgresP50 / duckdbP50, 1), rows, differences };
}

async function compared(duckdb: Own, sql: string, cluster: Cluster): Promise<{ rows: number; differences: number }> {
	const theirs = (await cluster.psql(sql, ['-A', '-t', '-F', '\t'])).replace(/\n$/, '').split('\n');
	const rows = await duckdb.rows();
	const ours = rows.map((row) => Object.values(row).map((value) => (value === null ? '' : String(value))));
	return { rows: ours.length, differences: differencesOf(ours, theirs) };
}

function differencesOf(ours: readonly string[][], theirs: readonly string[]): number {
	let found = Math.abs(ours.length - theirs.length);
	for (const [at, row] of ours.entries()) {
		const other = theirs[at]?.split('\t') ?? [];
		for (const [column, cell] of row.entries()) if (cell !== other[column]) found++;
	}
	return found;
}
