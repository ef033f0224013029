import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { QuarantineRow } from '../../protocol/views.ts';
import { explain } from '../log/errors.ts';
import { keepable, pageOf, type Quarantine, type Refused, statusOf } from './quarantine.ts';

const SCHEMA = `
CREATE TABLE IF NOT EXISTS quarantine(
	id INTEGER PRIMARY KEY AUTOINCREMENT, lane TEXT NOT NULL, at INTEGER NOT NULL, origin TEXT NOT NULL, line INTEGER,
	code TEXT NOT NULL, pointer TEXT, detail TEXT NOT NULL, detail_zh TEXT, body TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'open',
	marked_by TEXT, marked_at INTEGER) STRICT;
CREATE INDEX IF NOT EXISTS quarantine_by_lane ON quarantine(lane, status, code, id);
DROP INDEX IF EXISTS quarantine_by_line;
CREATE INDEX IF NOT EXISTS quarantine_by_text ON quarantine(origin, line, substr(body, 1, 200));`;

const COLUMNS = 'id, lane, at, origin, line, code, pointer, detail, detail_zh AS detailZh, body, status';
const WHERE = 'lane = :lane AND (:status IS NULL OR status = :status)';
const WHERE_CODE = `${WHERE} AND (:code IS NULL OR code = :code)`;

function openFile(dir: string): DatabaseSync {
	try {
		mkdirSync(dir, { recursive: true });
		const db = new DatabaseSync(join(dir, 'quarantine.db'), { timeout: 5_000, allowUnknownNamedParameters: true });
		db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ${SCHEMA}`);
		addColumn(db);
		return db;
	} catch (error) {
		throw explain(error, dir);
	}
}

/** Files of before this column came get it. */
function addColumn(db: DatabaseSync): void {
	const columns = db.prepare('PRAGMA table_info(quarantine)').all();
	if (!columns.some(({ name }) => name === 'detail_zh')) db.exec('ALTER TABLE quarantine ADD COLUMN detail_zh TEXT');
}

/** The quarantine in the file `quarantine.db` of the data folder. Several processes may use it. Throws HotcardError like the log. */
export function openSqliteQuarantine(dir: string): Quarantine {
	const db = openFile(dir);
	const insert = db.prepare(
		`INSERT INTO quarantine(lane, at, origin, line, code, pointer, detail, detail_zh, body)
		SELECT :lane, :at, :origin, :line, :code, :pointer, :detail, :detailZh, :body WHERE NOT EXISTS (SELECT 1 FROM quarantine
		WHERE origin = :origin AND line IS :line AND substr(body, 1, 200) = substr(:body, 1, 200) AND lane = :lane AND code = :code
		AND body = :body)`
	);
	const rows = db.prepare(
		`SELECT ${COLUMNS} FROM quarantine WHERE ${WHERE_CODE} ORDER BY id DESC LIMIT :limit OFFSET :offset`
	);
	const total = db.prepare(`SELECT count(*) AS n FROM quarantine WHERE ${WHERE_CODE}`);
	const codes = db.prepare(`SELECT code, count(*) AS n FROM quarantine WHERE ${WHERE} GROUP BY code ORDER BY code`);
	const one = db.prepare(`SELECT ${COLUMNS} FROM quarantine WHERE id = ?`);
	const mark = db.prepare(
		`UPDATE quarantine SET status = ?, marked_by = ?, marked_at = ? WHERE id = ? AND status = 'open'`
	);
	const open = db.prepare(`SELECT count(*) AS n FROM quarantine WHERE lane = ? AND status = 'open'`);

	function addNew(refused: readonly Refused[]): number[] {
		if (refused.length === 0) return [];
		try {
			db.exec('BEGIN IMMEDIATE');
			const ids = refused.flatMap((row) => {
				const { lane, at, origin, line, code, pointer, detail, detailZh = null, body } = keepable(row);
				const done = insert.run({ lane, at, origin, line, code, pointer, detail, detailZh, body });
				return Number(done.changes) === 0 ? [] : [Number(done.lastInsertRowid)];
			});
			db.exec('COMMIT');
			return ids;
		} catch (error) {
			if (db.isTransaction) db.exec('ROLLBACK');
			throw explain(error, dir);
		}
	}

	return {
		addNew,
		list(question) {
			const filter = { lane: question.lane, status: statusOf(question) ?? null, code: question.code ?? null };
			return {
				total: total.get(filter)!['n'] as number,
				rows: rows.all({ ...filter, ...pageOf(question) }).map((row) => ({ ...row })) as unknown as QuarantineRow[],
				codes: Object.fromEntries(codes.all(filter).map((row) => [row['code'], row['n']])) as Record<string, number>
			};
		},
		get(id) {
			const row = one.get(id);
			return row === undefined ? undefined : ({ ...row } as unknown as QuarantineRow);
		},
		mark: (id, status, by, at) => Number(mark.run(status, by, at, id).changes) === 1,
		open: (lane) => open.get(lane)!['n'] as number,
		close: () => db.close()
	};
}
