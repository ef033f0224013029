import type { ImportPreview } from '../../application.ts';
import { openTable } from '../read/open-table.ts';
import type { Row } from '../read/table.ts';
import { guessMapping } from '../mapping/guess.ts';
import { guessType } from '../mapping/guess-type.ts';

const SHOWN = 20;
const LOOKED = 500;
const SAMPLES = 5;

/** Format, columns with types and samples, the first rows and a mapping to start from. Reads the beginning of the file only. */
export async function previewFile(file: string): Promise<ImportPreview> {
	const table = await openTable(file);
	const rows: Row[] = [];
	try {
		for await (const batch of table.batches()) {
			for (const row of batch) if (row.problem === undefined && rows.length < LOOKED) rows.push(row);
			if (rows.length >= LOOKED) break;
		}
	} finally {
		await table.close?.();
	}
	const columns = table.columns.map((name, index) => {
		const values = rows.map((row) => row.cells[index]).filter((cell) => cell !== null && cell !== undefined);
		const samples = [...new Set(values.map(String))].slice(0, SAMPLES);
		return { name, type: guessType(values), samples, distinct: new Set(values).size };
	});
	return {
		format: table.format,
		columns: columns.map(({ name, type, samples }) => ({ name, type, samples })),
		rows: rows.slice(0, SHOWN).map((row) => record(table.columns, row)),
		mapping: guessMapping(columns)
	};
}

function record(columns: readonly string[], row: Row): Record<string, string> {
	if (row.event) return { event: JSON.stringify(row.event) };
	return Object.fromEntries(columns.map((name, index) => [name, String(row.cells[index] ?? '')]));
}
