import { availableParallelism, cpus, totalmem } from 'node:os';

export type Result = Readonly<Record<string, unknown>>;

/** What figures depend on: they compare within one machine only. */
export function machine(): { cores: number; cpu: string; memoryGb: number; node: string; platform: string } {
	return {
		cores: availableParallelism(),
		cpu: cpus()[0]?.model.trim() ?? 'unknown',
		memoryGb: Math.round(totalmem() / 2 ** 30),
		node: process.version,
		platform: `${process.platform} ${process.arch}`
	};
}

/** The median of each figure over the runs; of what is no number the first run's. */
export function mediansOf(results: readonly Result[]): Result {
	const [first = {}] = results;
	return Object.fromEntries(
		Object.entries(first).map(([name, value]) => [
			name,
			typeof value === 'number' ? middle(results.map((result) => result[name] as number)) : value
		])
	);
}

function middle(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** A result for people: one line a figure, lists as tables. */
export function report(result: Result, depth = ''): string {
	return Object.entries(result)
		.map(([name, value]) => {
			if (isTable(value)) return `${depth}${name}\n${table(value, `${depth}  `)}`;
			if (typeof value === 'object' && value !== null && !Array.isArray(value))
				return `${depth}${name}\n${report(value as Result, `${depth}  `)}`;
			return `${depth}${name.padEnd(24)} ${show(value)}`;
		})
		.join('\n');
}

const isTable = (value: unknown): value is Result[] =>
	Array.isArray(value) && value.length > 0 && value.every((row) => typeof row === 'object' && row !== null);

function table(rows: readonly Result[], depth: string): string {
	const names = Object.keys(rows[0] ?? {});
	const cells = [names, ...rows.map((row) => names.map((name) => show(row[name])))];
	const widths = names.map((_, at) => Math.max(...cells.map((row) => (row[at] ?? '').length)));
	return cells
		.map(
			(row) =>
				depth +
				row
					.map((text, at) => text.padEnd(widths[at] ?? 0))
					.join('  ')
					.trimEnd()
		)
		.join('\n');
}

function show(value: unknown): string {
	if (value === null || value === undefined) return '·';
	if (typeof value === 'number') return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)));
	return Array.isArray(value) ? value.join(', ') : String(value);
}
