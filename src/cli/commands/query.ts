import { parseArgs } from 'node:util';
import type { QueryAnswer } from '../../lib/server/application.ts';
import { EXIT, log, print, UsageError } from '../output.ts';
import { onData } from '../session.ts';

export const usage = `hotcard query "SQL" [--data DIR] [--limit N] [--json]
  Read-only SQL (DuckDB) on the projections: events, cases, variants, stage_spans, clock_runs, visits, branches …
  --json prints an array of row objects.`;

export async function run(args: readonly string[]): Promise<number> {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: { data: { type: 'string' }, limit: { type: 'string' }, json: { type: 'boolean' } }
	});
	const [sql] = positionals;
	if (sql === undefined || positionals.length > 1) throw new UsageError('query takes one SQL text in quotes', usage);
	const limit = values.limit === undefined ? 100_000 : Number(values.limit);
	if (!Number.isInteger(limit) || limit < 1) throw new UsageError('--limit is a whole number from 1', usage);
	const answer = await onData<QueryAnswer>(values.data, 'query', { sql, limit }, (app) => app.query(sql, limit));
	if (answer.truncated) log(`only the first ${answer.rows.length} rows are shown: raise --limit`);
	print(values.json ?? false, answer.rows, table(answer));
	return EXIT.ok;
}

function table({ columns, rows }: QueryAnswer): string {
	const names = columns.map((column) => column.name);
	const cells = rows.map((row) => names.map((name) => show(row[name])));
	const widths = names.map((name, index) => Math.max(name.length, ...cells.map((cell) => (cell[index] ?? '').length)));
	const line = (cell: readonly string[]) =>
		cell
			.map((text, index) => text.padEnd(widths[index] ?? 0))
			.join('  ')
			.trimEnd();
	return [line(names), line(widths.map((width) => '─'.repeat(width))), ...cells.map(line)].join('\n');
}

function show(value: unknown): string {
	if (value === null || value === undefined) return '·';
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
