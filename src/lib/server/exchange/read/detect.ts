import { HotcardError } from '../../../domain/error.ts';
import type { Head } from './bytes.ts';
import type { Format } from './table.ts';

const latin = new TextDecoder('latin1');

function begins(bytes: Uint8Array, text: string): boolean {
	return latin.decode(bytes.subarray(0, text.length)) === text;
}

function json(text: string, file: string): Format | null {
	if (text.startsWith('[')) {
		throw new HotcardError('not-a-table', `${file} is one JSON array`, {
			place: { file },
			remedy: 'Write one JSON object a line (NDJSON): jq -c ".[]" file.json > file.ndjson'
		});
	}
	if (!text.startsWith('{')) return null;
	const end = text.indexOf('\n');
	try {
		const first = JSON.parse(end < 0 ? text : text.slice(0, end)) as Record<string, unknown>;
		return Array.isArray(first['events']) && Array.isArray(first['objects']) ? 'ocel-json' : 'ndjson';
	} catch {
		return /"(objectTypes|eventTypes|events|objects)"\s*:\s*\[/.test(text) ? 'ocel-json' : 'ndjson';
	}
}

/** The format of a file by what is in it; its name is looked at last. Throws `not-a-table` for what can be told to be none. */
export function detect(file: string, head: Head): Format {
	const { bytes } = head;
	if (begins(bytes, 'PAR1')) return 'parquet';
	if (begins(bytes, 'SQLite format 3\0')) return 'ocel-sqlite';
	if (begins(bytes, 'PK\u0003\u0004')) {
		throw new HotcardError('not-a-table', `${file} is a ZIP archive or an Excel workbook`, {
			place: { file },
			remedy: 'Unpack it, or save the sheet as CSV.'
		});
	}
	const text = new TextDecoder().decode(bytes).trimStart();
	if (text.startsWith('<')) return 'xes';
	return json(text, file) ?? 'csv';
}
