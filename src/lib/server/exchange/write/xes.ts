import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { COLUMNS, type ExportRow } from './rows.ts';
import { staged } from './staging.ts';

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const ILLEGAL = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

/** Text as an XML attribute; signs that XML 1.0 cannot hold become U+FFFD. */
function attribute(text: string): string {
	return text
		.toWellFormed()
		.replace(ILLEGAL, '\ufffd')
		.replace(/[&<>"]/g, (sign) => SIGNS[sign]!)
		.replace(/[\t\n\r]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Attribute keys of XES by column; the ones without a standard name are ours. */
export const XES_KEYS = {
	activity: 'concept:name',
	time: 'time:timestamp',
	lifecycle: 'lifecycle:transition',
	resource: 'org:resource',
	stage: 'hotcard:stage',
	branch: 'hotcard:branch',
	channel: 'hotcard:channel',
	tier: 'hotcard:tier',
	final: 'hotcard:final',
	card: 'hotcard:card',
	shipment: 'hotcard:shipment',
	type: 'hotcard:type',
	attributes: 'hotcard:attributes'
} as const satisfies Partial<Record<keyof ExportRow, string>>;

const EXTENSIONS = [
	['Concept', 'concept'],
	['Time', 'time'],
	['Lifecycle', 'lifecycle'],
	['Organizational', 'org']
]
	.map(
		([name, prefix]) =>
			`\t<extension name="${name}" prefix="${prefix}" uri="http://www.xes-standard.org/${prefix}.xesext"/>\n`
	)
	.join('');

const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2023" xes.features="nested-attributes" xmlns="http://www.xes-standard.org/">
${EXTENSIONS}	<global scope="trace">
		<string key="concept:name" value=""/>
	</global>
	<global scope="event">
		<string key="concept:name" value=""/>
		<date key="time:timestamp" value="1970-01-01T00:00:00.000Z"/>
	</global>
	<classifier name="Activity" keys="concept:name"/>
`;

function eventText(row: ExportRow): string {
	let text = '\t\t<event>\n';
	for (const [column, key] of Object.entries(XES_KEYS) as [keyof typeof XES_KEYS, string][]) {
		const value = row[column];
		if (value === null) continue;
		const tag = column === 'time' ? 'date' : column === 'final' ? 'boolean' : 'string';
		text += `\t\t\t<${tag} key="${key}" value="${attribute(String(value))}"/>\n`;
	}
	return text + '\t\t</event>\n';
}

async function* xesText(connection: DuckDBConnection, relation: string): AsyncGenerator<string> {
	yield HEAD;
	const list = COLUMNS.map((name) => `"${name}"`).join(', ');
	const result = await connection.stream(`
		SELECT ${list} FROM (SELECT *, min(seq) OVER (PARTITION BY "case") AS begun FROM ${relation} WHERE "case" IS NOT NULL)
		ORDER BY begun, seq`);
	let open: string | null = null;
	for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
		let text = '';
		for (const values of chunk.getRows()) {
			const row = Object.fromEntries(COLUMNS.map((name, i) => [name, values[i]])) as unknown as ExportRow;
			if (row.case !== open) {
				if (open !== null) text += '\t</trace>\n';
				open = row.case;
				text += `\t<trace>\n\t\t<string key="concept:name" value="${attribute(open ?? '')}"/>\n`;
			}
			text += eventText(row);
		}
		yield text;
	}
	if (open !== null) yield '\t</trace>\n';
	yield '</log>\n';
}

/** Writes XES (IEEE 1849): one trace per case, in the order in which cases began. Events without a case have no place in it. */
export async function writeXes(rows: AsyncIterable<ExportRow[]>, out: string): Promise<void> {
	await staged(rows, out, (connection, relation) =>
		pipeline(Readable.from(xesText(connection, relation)), createWriteStream(out))
	);
}
