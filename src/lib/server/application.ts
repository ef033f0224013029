import type { ProblemBody } from './http/words.ts';
import type { Actor } from '../domain/actor.ts';
import type { Command } from '../domain/commands/command.ts';
import type { Lane } from '../domain/lane.ts';
import type { Params, Snapshot, Topic, View } from '../protocol/topics.ts';
import type { RawEvent } from './hub/raw-event.ts';
import type { LaneControl } from './lab/lane-control.ts';

/** What routes, the socket hub and the command line may ask of the application. Built by `compose.ts`. */
export interface Application {
	readonly version: string;
	readonly config: Config;
	readonly ingest: Ingest;
	readonly views: Views;
	readonly commands: Commands;
	readonly imports: Imports;
	readonly people: readonly Actor[];
	health(): Promise<Health>;
	metrics(): Promise<string>;
	/** Read-only SQL on the projections; rows as JSON-ready records. */
	query(sql: string, limit?: number): Promise<QueryAnswer>;
	/** Proves that projections equal a replay of the log. */
	verify(): Promise<VerifyAnswer>;
	rebuild(): Promise<{ events: number; seconds: number }>;
	/** Writes a lane of the log to a file; C2 fields only with `personal`. */
	exportLog(options: ExportOptions): Promise<ExportSummary>;
	/** One event of the log as it is stored, masked for its reader (see `hub/raw-event.ts`); undefined where there is none. */
	event?(offset: number, actor: Actor): Promise<RawEvent | undefined>;
	/** Which lane a page opens when its URL names none. */
	defaultLane(): Lane;
	/** What moves the simulated lanes, and how it is asked to. */
	readonly lab: LaneControl;
	/** 503 on readyz first, drains what was accepted, then closes. */
	close(): Promise<void>;
}

export interface Config {
	dataDir: string;
	host: string;
	port: number;
	demo: boolean;
	ingestKey?: string;
	timeZone: string;
}

export interface ExportOptions {
	lane: Lane;
	format: 'csv' | 'parquet' | 'ocel' | 'xes';
	out: string;
	personal?: boolean;
}

export interface ExportSummary {
	events: number;
	cases: number;
	seconds: number;
	out: string;
}

export interface IngestRequest {
	lane: Lane;
	contentType: string;
	/** Lower-case header names, for the binary mode. */
	headers: Record<string, string>;
	body: Uint8Array;
	origin: string;
}

export interface Rejection {
	index: number;
	id?: string;
	code: string;
	pointer?: string;
	detail: string;
	/** The same in Chinese, where it was given. */
	detailZh?: string;
	/** The word that was most likely meant. */
	suggestion?: string;
}

export interface IngestAnswer {
	/** 202 all in, 207 some rejected, else the problem's status. */
	status: 202 | 207 | 400 | 413 | 415 | 422 | 429 | 503;
	accepted: number;
	duplicates: number;
	rejected: Rejection[];
	problem?: ProblemBody;
	retryAfterSeconds?: number;
}

export interface Ingest {
	/** Largest body in bytes and largest batch in events that `accept` takes. */
	readonly limits: { bytes: number; events: number };
	accept(request: IngestRequest): Promise<IngestAnswer>;
	resubmit(quarantineId: number, body: string, actor: Actor): Promise<IngestAnswer>;
	dismiss(quarantineId: number, actor: Actor): Promise<void>;
}

export interface Views {
	read<T extends Topic>(topic: T, params: Params<T>, actor: Actor): Promise<Snapshot<T>>;
	/**
	 * Starts to keep a view current; `listener` gets every new full view with its version, coalesced. `lost` is told once
	 * where none will come any more.
	 */
	follow<T extends Topic>(
		topic: T,
		params: Params<T>,
		actor: Actor,
		listener: (view: View<T>, version: number, offset: number) => void,
		lost?: (cause: Error) => void
	): Promise<{ snapshot: Snapshot<T>; stop: () => void }>;
}

export type { Command };

export interface Commands {
	/** Decides, appends the events with an audit record and answers how many. Throws HotcardError `forbidden`, `four-eyes`, `not-found` … */
	run(command: Command, actor: Actor): Promise<{ events: number }>;
}

/** A reason why rows of a file were refused, with the first of them. */
export interface RefusalReason {
	code: string;
	rows: number;
	line: number | null;
	detail: string;
	detailZh: string;
}

export interface ImportSummary {
	events: number;
	cases: number;
	/** Rows that were refused; the quarantine has them. */
	rejected: number;
	/** Of those, the ones that the quarantine had from an earlier import of the file. */
	rejectedBefore: number;
	duplicates: number;
	seconds: number;
	lane: Lane;
	variants: number;
	activities: Record<string, number>;
	unmapped: string[];
	/** Why rows were refused, the most frequent reason first. */
	reasons: RefusalReason[];
	/** What the reader assumed, in sentences: the zone of times without offset, columns left in the file. */
	notes: string[];
	notesZh: string[];
}

export interface ImportPreview {
	format: string;
	columns: { name: string; type: string; samples: string[] }[];
	rows: Record<string, string>[];
	/** A mapping guessed from names and types, as YAML to edit. */
	mapping: string;
}

export interface Imports {
	preview(file: string): Promise<ImportPreview>;
	/** `mapping` is YAML text; `mappingFile` names it in errors. Without a `lane` the mapping's own holds, else `live`. */
	run(
		file: string,
		mapping: string,
		options: { lane?: Lane | undefined; mappingFile?: string; fileName?: string; actor?: Actor }
	): Promise<ImportSummary>;
}

export interface Health {
	status: 'ready' | 'starting' | 'degraded' | 'draining';
	version: string;
	checks: Record<string, { ok: boolean; detail?: string; lagEvents?: number }>;
}

export interface QueryAnswer {
	columns: { name: string; type: string }[];
	rows: Record<string, unknown>[];
	truncated: boolean;
}

export interface VerifyAnswer {
	ok: boolean;
	offset: number;
	tables: { table: string; rows: number; equal: boolean; detail?: string }[];
}
