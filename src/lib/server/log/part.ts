import type { Lane } from '../../domain/lane.ts';
import { lineEnds } from './lines.ts';

/** One lane's share of a group commit: the lines of several appends, one after the other, and the key of each. */
export interface Part {
	lane: Lane;
	lines: Uint8Array<ArrayBuffer>;
	keys: Float64Array<ArrayBuffer>;
}

/** Source and id of a stored line, as one text that differs where either differs. */
export function identity(line: string): string {
	const { source, id } = JSON.parse(line) as { source: unknown; id: unknown };
	return JSON.stringify([source, id]);
}

/** The lines and keys of a part without the events at the given indexes. */
export function without(
	part: Part,
	duplicates: readonly number[]
): { lines: Uint8Array<ArrayBuffer>; keys: Float64Array } {
	const ends = lineEnds(part.lines, part.keys.length);
	const dropped = new Set(duplicates);
	const pieces: Uint8Array[] = [];
	const keys: number[] = [];
	for (let i = 0; i < ends.length; i++) {
		if (dropped.has(i)) continue;
		pieces.push(part.lines.subarray(i === 0 ? 0 : ends[i - 1]!, ends[i]));
		keys.push(part.keys[i]!);
	}
	const lines = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
	let at = 0;
	for (const piece of pieces) {
		lines.set(piece, at);
		at += piece.length;
	}
	return { lines, keys: new Float64Array(keys) };
}
