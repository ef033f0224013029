import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HotcardError } from '../../domain/error.ts';
import type { Millis } from '../../domain/time.ts';
import type { ExportOptions, ExportSummary } from '../application.ts';
import type { EventLog } from '../log/port.ts';
import { csvText } from './write/csv.ts';
import { ocelText } from './write/ocel.ts';
import { type ExportRow, exportRows } from './write/rows.ts';
import { writeParquet } from './write/staging.ts';
import { writeXes } from './write/xes.ts';

export interface ExportMore {
	/** Only events from this time on and before that one. */
	from?: Millis;
	to?: Millis;
	/** CSV: begin with a byte order mark, for Excel. */
	bom?: boolean;
}

/**
 * Writes a lane of the log to a file, streaming. Personal fields (C2, and attributes of foreign logs, whose class nobody
 * knows) stay out unless `personal`. The file appears only when it is complete. Throws `export-failed`.
 */
export async function exportLog(
	ports: { log: EventLog },
	{ lane, format, out, personal = false, from, to, bom = false }: ExportOptions & ExportMore
): Promise<ExportSummary> {
	const started = performance.now();
	const cases = new Set<string>();
	let events = 0;
	async function* counted(): AsyncGenerator<ExportRow[]> {
		for await (const batch of exportRows(ports.log, { lane, personal, from, to })) {
			const written = format === 'xes' ? batch.filter((row) => row.case !== null) : batch;
			events += written.length;
			for (const row of written) if (row.case !== null) cases.add(row.case);
			yield written;
		}
	}
	const part = `${out}.part`;
	try {
		if (format === 'parquet') await writeParquet(counted(), part);
		else if (format === 'xes') await writeXes(counted(), part);
		else {
			const text = format === 'csv' ? csvText(counted(), bom) : ocelText(counted());
			await pipeline(Readable.from(text), createWriteStream(part));
		}
		await rename(part, out);
	} catch (cause) {
		// Where it could not even be made there is nothing to remove.
		await rm(part, { force: true }).catch(() => undefined);
		if (cause instanceof HotcardError) throw cause;
		throw new HotcardError('export-failed', `cannot write ${out}: ${(cause as Error).message}`, {
			cause,
			place: { file: out },
			remedy: 'Check that the folder exists, that you may write there and that the disk has room.'
		});
	}
	return { events, cases: cases.size, seconds: Math.round(performance.now() - started) / 1_000, out };
}
