import { basename } from 'node:path';
import { HotcardError } from '../../../domain/error.ts';
import type { Lane } from '../../../domain/lane.ts';
import type { ImportSummary } from '../../application.ts';
import { Binding } from '../mapping/binding.ts';
import { type ReadMapping, readMapping } from '../mapping/read-mapping.ts';
import { fingerprint } from '../read/bytes.ts';
import { openTable } from '../read/open-table.ts';
import type { Row, Table } from '../read/table.ts';
import { Delivery, type ImportPorts } from './delivery.ts';
import { Drafting } from './drafts.ts';
import { Misfit } from './misfit.ts';
import { notesOf } from './notes.ts';
import { PlainDrafting } from './plain-drafts.ts';
import { StrangeTimes } from './strange-times.ts';
import { Tally } from './tally.ts';
import { Waiting } from './waiting.ts';

/** Rows that are sorted by time together; a longer file is sorted piece by piece. */
const WINDOW = 5_000_000;
const DEFAULT_LANE: Lane = 'live';
/** Of all imported steps: their ids tell their files apart. */
const SOURCE = '/import';

export interface RunOptions {
	/** Default: the mapping's lane, else `live`. */
	lane?: Lane | undefined;
	/** Names the mapping in errors. */
	mappingFile?: string;
	/** The name by which the file is known, where its path is that of an upload. */
	fileName?: string;
	window?: number;
	/** Whether plain lines may be written byte by byte. Default: yes. */
	byBytes?: boolean;
	/** The file's bytes, unpacked, for plain lines; default: read from the file. */
	chunks?: AsyncIterable<Uint8Array>;
}

/**
 * Reads a file through a mapping into a lane. Rows that cannot be used go to the quarantine, all others in, oldest first;
 * rows of equal time keep the order of the file. The same file again counts as duplicates.
 */
export async function runImport(
	ports: ImportPorts,
	file: string,
	mappingText: string,
	options: RunOptions
): Promise<ImportSummary> {
	const started = performance.now();
	const name = options.fileName ?? basename(file);
	const read = readMapping(mappingText, options.mappingFile);
	const { format, csv, objectType } = read.mapping;
	const table = await openTable(file, { format, csv, objectType }).catch((cause: unknown) => {
		throw cause instanceof HotcardError && cause.code === 'object-type-missing'
			? read.complain(['objectType'], cause.message, cause.remedy, cause.zh)
			: cause;
	});
	try {
		return await runTable(ports, file, { table, read, name, started }, options);
	} finally {
		await table.close?.();
	}
}

async function runTable(
	ports: ImportPorts,
	file: string,
	{ table, read, name, started }: { table: Table; read: ReadMapping; name: string; started: number },
	options: RunOptions
): Promise<ImportSummary> {
	const binding = new Binding(read, table, ports.timeZone);
	// The name is left out: the same file is known again under another one.
	const identity = { prefix: await fingerprint(file), source: SOURCE };
	const drafting = new Drafting(binding, { now: ports.clock.now(), ...identity });
	const lane = options.lane ?? read.mapping.lane ?? DEFAULT_LANE;
	const delivery = new Delivery(ports, lane, name);
	const misfit = new Misfit(read, binding, name);
	const strange = new StrangeTimes();
	const tally = new Tally();
	let waiting = new Waiting();
	let steps = false;
	let fits = false;
	let outside = 0;
	const deliver = async (): Promise<void> => {
		if (steps) binding.check();
		fits ||= waiting.size > 0;
		const drafts = waiting.sorted();
		waiting = new Waiting();
		delivery.flush();
		await delivery.send(drafts, (draft) => tally.add(draft));
	};
	const take = (row: Row): void => {
		if (row.event === undefined && row.problem === undefined) steps = true;
		if (row.outside) return void outside++;
		const draft = drafting.draft(row);
		if ('at' in draft) return waiting.add(draft);
		delivery.refuse(row, draft, drafting);
		if (draft.code === 'time-unreadable') strange.add(row.line, String(binding.cell(row, 'time')));
		fits ||= waiting.size > 0;
		if (!fits) misfit.add(row, draft);
		else if (delivery.full) delivery.flush();
	};
	const plain = table.pieces && options.byBytes !== false ? PlainDrafting.of(binding, drafting, take) : undefined;
	for await (const piece of (plain && table.pieces?.(options.chunks)) ?? table.batches()) {
		if (Array.isArray(piece)) for (const row of piece) take(row);
		else plain?.take(piece, waiting);
		if (waiting.size >= (options.window ?? WINDOW)) await deliver();
	}
	if (steps) binding.check();
	if (!fits && waiting.size === 0) misfit.end();
	await deliver();
	const { timeZone } = ports;
	const notes = notesOf({ table, binding, drafting, delivery, tally, strange, outside, timeZone, lane });
	return {
		events: delivery.accepted,
		cases: tally.cases,
		rejected: delivery.rejected,
		rejectedBefore: delivery.known,
		reasons: delivery.reasons.list(),
		duplicates: delivery.duplicates,
		seconds: Math.round(performance.now() - started) / 1_000,
		lane,
		variants: tally.variants(),
		activities: Object.fromEntries([...tally.activities].sort((a, b) => b[1] - a[1])),
		unmapped: unmapped(tally, drafting, binding),
		notes: notes.map(({ en }) => en),
		notesZh: notes.map(({ zh }) => zh)
	};
}

function unmapped(tally: Tally, drafting: Drafting, binding: Binding): string[] {
	if (binding.mapping.stage !== undefined) return [];
	return [...tally.activities.keys()].filter((activity) => drafting.stageOf(activity) === undefined).sort();
}
