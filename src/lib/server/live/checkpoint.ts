import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompressSync } from 'node:zlib';
import type { OpenVisit } from '../../../../analytics/project/visits.ts';
import type { ClosedTable } from './closed-ids.ts';
import type { LaneState } from './fold/lane-state.ts';
import { type PackedLane, packLane, unpackLane } from './checkpoint/lane.ts';

/** Raised with every change of what live state is made of; a checkpoint of another version is not read. */
const VERSION = 8;

/** The folds of all lanes as they are before the event at `offset`. */
export interface Checkpoint {
	version: number;
	policyHash: string;
	schemaHash: string;
	offset: number;
	lanes: { state: LaneState; closed: ClosedTable }[];
	visits: OpenVisit[];
}

export type CheckpointBody = Omit<Checkpoint, 'version'>;

/** What the file holds. */
type Packed = Omit<Checkpoint, 'lanes'> & { lanes: { state: PackedLane; closed: ClosedTable }[] };

/** Copies the state into bytes at once, so that folding may go on while they are written. */
export function packCheckpoint(body: CheckpointBody): Uint8Array {
	const lanes = body.lanes.map((lane) => ({ ...lane, state: packLane(lane.state) }));
	return serialize({ version: VERSION, ...body, lanes } satisfies Packed);
}

/** Undefined where another version of the program packed it. */
export function unpackCheckpoint(bytes: Uint8Array): Checkpoint | undefined {
	const packed = deserialize(bytes) as Packed;
	if (packed.version !== VERSION) return undefined;
	return { ...packed, lanes: packed.lanes.map((lane) => ({ ...lane, state: unpackLane(lane.state) })) };
}

const compress = promisify(zstdCompress);

/** Compresses on another thread, writes beside and renames: a crash leaves the old checkpoint or the new one. */
export async function saveCheckpoint(file: string, bytes: Uint8Array): Promise<void> {
	const level = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
	writeFileSync(`${file}.new`, await compress(bytes, level), { flush: true });
	renameSync(`${file}.new`, file);
}

export function dropCheckpoint(file: string): void {
	rmSync(file, { force: true });
}

export const checkpointOf = (file: string): string | null => (file === ':memory:' ? null : `${file}.checkpoint`);

/** A checkpoint, or why there is none. */
export type Found = { checkpoint: Checkpoint } | { reason: string };

/** The checkpoint in `file`; none where there is no file, or where another version wrote it, or it cannot be read. */
export function readCheckpoint(file: string | null): Found {
	if (file === null || !existsSync(file)) return { reason: 'There is none yet.' };
	try {
		const checkpoint = unpackCheckpoint(zstdDecompressSync(readFileSync(file)));
		return checkpoint ? { checkpoint } : { reason: 'Another version of the program wrote it.' };
	} catch (error) {
		return { reason: `It cannot be read: ${error instanceof Error ? error.message : String(error)}` };
	}
}

/** The same, or none where it belongs to another policy or schema, or is newer than the projections or the log (`until`). */
export function fitting(found: Found, fits: { policyHash: string; schemaHash: string; until: number }): Found {
	if ('reason' in found) return found;
	const { policyHash, schemaHash, offset } = found.checkpoint;
	if (policyHash !== fits.policyHash) return { reason: 'It was computed under another policy.' };
	if (schemaHash !== fits.schemaHash) return { reason: 'It belongs to another schema of the projections.' };
	if (offset > fits.until) return { reason: 'It is newer than the projections or the log.' };
	return found;
}
