import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { OpenVisit } from '../../../../analytics/project/visits.ts';
import type { LaneState } from './fold/lane-state.ts';

/** Raised with every change of what live state is made of; a checkpoint of another version is not read. */
const VERSION = 2;

/** The folds of all lanes as they are before the event at `offset`. */
export interface Checkpoint {
	version: number;
	policyHash: string;
	schemaHash: string;
	offset: number;
	lanes: { state: LaneState; closed: Float64Array }[];
	visits: OpenVisit[];
}

export type CheckpointBody = Omit<Checkpoint, 'version'>;

/** Copies the state into bytes at once, so that folding may go on while they are written. */
export function packCheckpoint(body: CheckpointBody): Uint8Array {
	const level = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
	return zstdCompressSync(serialize({ version: VERSION, ...body } satisfies Checkpoint), level);
}

export function unpackCheckpoint(bytes: Uint8Array): Checkpoint {
	return deserialize(zstdDecompressSync(bytes)) as Checkpoint;
}

/** Writes beside and renames: a crash leaves the old checkpoint or the new one. */
export function saveCheckpoint(file: string, bytes: Uint8Array): void {
	writeFileSync(`${file}.new`, bytes, { flush: true });
	renameSync(`${file}.new`, file);
}

export function dropCheckpoint(file: string): void {
	rmSync(file, { force: true });
}

/**
 * The checkpoint in `file`, or undefined with a reason where there is none that fits: another version, policy or schema,
 * unreadable, or newer than the projections or the log (`until`).
 */
export function loadCheckpoint(
	file: string | null,
	fits: { policyHash: string; schemaHash: string; until: number }
): { checkpoint: Checkpoint } | { reason: string } {
	if (file === null || !existsSync(file)) return { reason: 'There is none yet.' };
	let found: Checkpoint;
	try {
		found = unpackCheckpoint(readFileSync(file));
	} catch (error) {
		return { reason: `It cannot be read: ${error instanceof Error ? error.message : String(error)}` };
	}
	if (found.version !== VERSION) return { reason: 'Another version of the program wrote it.' };
	if (found.policyHash !== fits.policyHash) return { reason: 'It was computed under another policy.' };
	if (found.schemaHash !== fits.schemaHash) return { reason: 'It belongs to another schema of the projections.' };
	if (found.offset > fits.until) return { reason: 'It is newer than the projections or the log.' };
	return { checkpoint: found };
}
