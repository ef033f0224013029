import { DatabaseSync } from 'node:sqlite';
import { HotcardError } from '../../../domain/error.ts';
import { cellOf } from './ndjson.ts';
import { checkedType, chosen, Flattening } from './ocel.ts';
import type { Cell, Row, Table } from './table.ts';

const named = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const OWN = new Set(['ocel_id', 'ocel_time']);
const ROWS = 5_000;

type Fields = Record<string, string | number | bigint | null>;

/** An OCEL 2.0 SQLite log, opened read-only and flattened to the cases of one object type. Throws `ocel-invalid`, `object-type-missing`. */
export function openOcelSqlite(file: string, objectType?: string): Table {
	const database = open(file);
	try {
		const types = new Map(
			all(database, 'SELECT ocel_id, ocel_type FROM object').map((row) => [
				String(row['ocel_id']),
				String(row['ocel_type'])
			])
		);
		checkedType(file, objectType, types);
		const caseType = objectType ?? commonestType(database);
		const flattening = new Flattening(types, caseType);
		const maps = all(database, 'SELECT ocel_type, ocel_type_map FROM event_map_type');
		const notes = objectType === undefined && caseType !== null ? [chosen(caseType)] : [];
		return {
			format: 'ocel-sqlite',
			columns: flattening.columns.names,
			growing: true,
			notes,
			batches: () => read(file, maps, flattening)
		};
	} catch (cause) {
		if (cause instanceof HotcardError) throw cause;
		throw new HotcardError('ocel-invalid', `${file} is not an OCEL 2.0 database: ${(cause as Error).message}`, {
			cause,
			place: { file },
			remedy: 'It needs the tables event, object, event_object and event_map_type of OCEL 2.0.'
		});
	} finally {
		database.close();
	}
}

function open(file: string): DatabaseSync {
	return new DatabaseSync(file, { readOnly: true });
}

function all(database: DatabaseSync, sql: string, ...values: string[]): Fields[] {
	const statement = database.prepare(sql);
	statement.setReadBigInts(true);
	return statement.all(...values) as Fields[];
}

function commonestType(database: DatabaseSync): string | null {
	const sql = `SELECT o.ocel_type AS type, count(DISTINCT r.ocel_event_id) AS events FROM event_object r
		JOIN object o ON o.ocel_id = r.ocel_object_id GROUP BY 1 ORDER BY 2 DESC, min(r.rowid) LIMIT 1`;
	return (database.prepare(sql).get()?.['type'] as string | undefined) ?? null;
}

/** The objects of each event. Read at once: other tools write `event_object` without any index, and a look for each event would read it all. */
function relations(database: DatabaseSync): Map<string, string[]> {
	const related = new Map<string, string[]>();
	const ids = new Map<string, string>();
	const all = database.prepare('SELECT ocel_event_id, ocel_object_id FROM event_object ORDER BY rowid');
	all.setReturnArrays(true);
	all.setReadBigInts(true);
	for (const row of all.iterate()) {
		const [event, object] = (row as unknown as [unknown, unknown]).map(String) as [string, string];
		// One text for each object, not one for each relation.
		if (!ids.has(object)) ids.set(object, object);
		const objects = related.get(event);
		if (objects) objects.push(ids.get(object)!);
		else related.set(event, [ids.get(object)!]);
	}
	return related;
}

async function* read(file: string, maps: Fields[], flattening: Flattening): AsyncGenerator<Row[]> {
	const database = open(file);
	try {
		const related = relations(database);
		let rows: Row[] = [];
		for (const map of maps) {
			const events = database.prepare(`SELECT * FROM ${named(`event_${map['ocel_type_map']}`)}`);
			events.setReadBigInts(true);
			for (const raw of events.iterate()) {
				const record = raw as Fields;
				const id = String(record['ocel_id']);
				const fields = Object.entries(record).filter(([name]) => !OWN.has(name));
				rows.push(
					...flattening.rows({
						id,
						type: String(map['ocel_type']),
						time: String(record['ocel_time'] ?? ''),
						fields: fields.map(([name, value]): [string, Cell] => [name, plain(value)]),
						objects: related.get(id) ?? []
					})
				);
				if (rows.length >= ROWS) {
					yield rows;
					rows = [];
				}
			}
		}
		yield rows;
	} finally {
		database.close();
	}
}

/** Integers beyond what a number holds exactly stay text. */
function plain(value: unknown): Cell {
	if (typeof value !== 'bigint') return cellOf(value);
	const number = Number(value);
	return Number.isSafeInteger(number) ? number : String(value);
}
