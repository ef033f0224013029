import type { DuckDBConnection, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { HotcardError } from '#lib/domain/error.ts';
import type { Millis } from '#lib/domain/time.ts';
import type { Kind, ParamsOf, RowOf } from './kinds.ts';
import { type Packed, packedOf } from './packed.ts';
import { type Question, QUESTIONS } from './questions.ts';
import { sqlFiles } from './schema.ts';
import type { Store } from './store.ts';
import { isPlain, plain } from './values.ts';

export type Params<Q extends Question> = ParamsOf<(typeof QUESTIONS)[Q]['params']>;
export type Row<Q extends Question> = RowOf<(typeof QUESTIONS)[Q]['row']>;
export type Columns<Q extends Question> = { [K in keyof Row<Q>]: Row<Q>[K][] };

/** Binds `params` to the parameters of a question; a missing one that may not be null is `question-parameter`. */
export function bindings(
	question: Question,
	params: Readonly<Record<string, unknown>>
): { values: Record<string, DuckDBValue>; types: Record<string, DuckDBType> } {
	const values: Record<string, DuckDBValue> = {};
	const types: Record<string, DuckDBType> = {};
	const shape = QUESTIONS[question].params as Readonly<Record<string, Kind<unknown>>>;
	for (const [name, kind] of Object.entries(shape)) {
		const value = params[name] ?? null;
		if (value === null && !kind.nullable) {
			throw new HotcardError('question-parameter', `The question ${question} needs the parameter ${name}.`);
		}
		values[name] = value === null ? null : kind.bind(value);
		types[name] = kind.type;
	}
	return { values, types };
}

const SQL: ReadonlyMap<string, string> = new Map(sqlFiles('queries').map(({ name, sql }) => [name, sql]));

/** The text of a question. */
export function sqlOf(question: Question): string {
	const sql = SQL.get(question);
	if (sql === undefined) throw new HotcardError('question-unknown', `There is no file for the question ${question}.`);
	return sql;
}

async function ask<Q extends Question>(
	connection: DuckDBConnection,
	question: Q,
	params: Params<Q>
): Promise<{ names: string[]; columns: unknown[][] }> {
	const { values, types } = bindings(question, params as Readonly<Record<string, unknown>>);
	const reader = await connection.runAndReadAll(sqlOf(question), values, types);
	const kinds = reader.columnTypes();
	const columns = reader.getColumns().map((column, at) => (isPlain(kinds[at]!) ? column : column.map(plain)));
	const names = reader.columnNames();
	// An answer without rows has no columns for DuckDB's reader.
	return { names, columns: columns.length === 0 ? names.map(() => []) : columns };
}

/** Typed rows of one question: integers as numbers, instants and durations as ms, unknown as null. */
async function runOn<Q extends Question>(
	connection: DuckDBConnection,
	question: Q,
	params: Params<Q>
): Promise<Row<Q>[]> {
	const { names, columns } = await ask(connection, question, params);
	return Array.from({ length: columns[0]?.length ?? 0 }, (_, row) => {
		const record: Record<string, unknown> = {};
		for (let at = 0; at < names.length; at++) record[names[at]!] = columns[at]![row];
		return record as Row<Q>;
	});
}

/** The answer column by column, for answers of many thousand rows: no record is made of each. */
async function columnsOf<Q extends Question>(
	store: Store,
	question: Q,
	params: Params<Q>,
	limit?: Millis
): Promise<Columns<Q>> {
	const { names, columns } = await store.read((connection) => ask(connection, question, params), limit);
	return Object.fromEntries(names.map((name, at) => [name, columns[at]])) as Columns<Q>;
}

/** The answer as typed arrays, for answers of millions of rows. Its columns are of the types that `packedOf` takes. */
function packed<Q extends Question>(
	store: Store,
	question: Q,
	params: Params<Q>,
	limit?: Millis
): Promise<Packed<Row<Q>>> {
	const { values, types } = bindings(question, params as Readonly<Record<string, unknown>>);
	const ask = async (connection: DuckDBConnection): Promise<Packed<Row<Q>>> =>
		packedOf<Row<Q>>(await connection.run(sqlOf(question), values, types));
	return store.read(ask, limit);
}

/** The only door to the projections. `runOn` asks on a connection that `store.read` lent, so that several questions see one state. */
export const catalog = {
	run<Q extends Question>(store: Store, question: Q, params: Params<Q>, limit?: Millis): Promise<Row<Q>[]> {
		return store.read((connection) => runOn(connection, question, params), limit);
	},
	runOn,
	columns: columnsOf,
	packed
};
