import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bindings, sqlOf } from '#analytics/catalog.ts';
import { TABLE_NAMES, TABLES, snakeCase } from '#analytics/project/tables.ts';
import { type Question, QUESTIONS } from '#analytics/questions.ts';
import { sqlFiles } from '#analytics/schema.ts';
import type { Store } from '#analytics/store.ts';
import { CATALOGUE } from '#lib/domain/events/catalogue.ts';
import { STAGES } from '#lib/domain/stage.ts';
import { memoryStore } from './support.ts';

const SAMPLES: Record<string, unknown> = {
	offsets: [1],
	branches: [],
	own_branches: ['B1'],
	own_targets: [1],
	descending: true,
	order: 'closed'
};
const questions = Object.keys(QUESTIONS) as Question[];

let store: Store;
beforeAll(async () => {
	store = await memoryStore();
});
afterAll(() => store.close());

const strings = (sql: string) =>
	store.read(async (connection) => (await connection.runAndReadAll(sql)).getRows().map((row) => String(row[0])));

describe('the schema against the code', () => {
	it('lists exactly the event types of the catalogue and the stages, in their order', async () => {
		expect(await strings('SELECT unnest(enum_range(NULL::event_type))')).toEqual(Object.keys(CATALOGUE));
		expect(await strings('SELECT unnest(enum_range(NULL::case_stage))')).toEqual([...STAGES]);
	});

	it.each(TABLE_NAMES)('has the columns that the writer fills in %s', async (table) => {
		const columns = await strings(
			`SELECT column_name FROM duckdb_columns() WHERE table_name = '${table}' ORDER BY column_index`
		);
		expect(columns).toEqual(Object.keys(TABLES[table]).map(snakeCase));
	});

	it('has no index and no key: appended history needs none and they are slow to keep', async () => {
		expect(await strings('SELECT count(*) FROM duckdb_indexes()')).toEqual(['0']);
		const kinds = "constraint_type IN ('PRIMARY KEY', 'UNIQUE')";
		expect(await strings(`SELECT count(*) FROM duckdb_constraints() WHERE ${kinds}`)).toEqual(['0']);
	});

	it.each(sqlFiles('views').map(({ name }) => name))('explains the view %s', async (view) => {
		expect((await store.query(`EXPLAIN SELECT * FROM ${view}`)).rows.length).toBeGreaterThan(0);
	});
});

describe('the questions against DuckDB', () => {
	it('has one file for each declared question and none besides', () => {
		expect(sqlFiles('queries').map(({ name }) => name)).toEqual([...questions].sort());
	});

	it.each(questions)('explains %s and finds its declared columns and parameters', async (question) => {
		const shape = Object.keys(QUESTIONS[question].params);
		const params = Object.fromEntries(shape.map((name) => [name, SAMPLES[name] ?? 1]));
		for (const [name, kind] of Object.entries(QUESTIONS[question].params)) {
			if (String(kind.type) === 'VARCHAR' && SAMPLES[name] === undefined) params[name] = 'x';
		}
		const { values, types } = bindings(question, params);
		await store.read(async (connection) => {
			const sql = sqlOf(question);
			const plan = await connection.runAndReadAll(`EXPLAIN ${sql}`, values, types);
			expect(plan.getRows().length).toBeGreaterThan(0);
			const prepared = await connection.prepare(sql);
			const known = Array.from({ length: prepared.parameterCount }, (_, at) => prepared.parameterName(at + 1));
			expect(known.sort()).toEqual([...shape].sort());
			const answer = await connection.runAndReadAll(sql, values, types);
			expect(answer.columnNames()).toEqual(Object.keys(QUESTIONS[question].row));
		});
	});

	it.each(questions)('keeps the file of %s within 80 lines', (question) => {
		expect(sqlOf(question).split('\n').length).toBeLessThanOrEqual(80);
	});
});
