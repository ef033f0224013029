import type { Lane } from '../../domain/lane.ts';
import { lineEnds, textOf } from './lines.ts';

/** One lane's share of a group commit: the lines of several appends, one after the other, and the key of each. */
export interface Part {
	lane: Lane;
	lines: Uint8Array<ArrayBuffer>;
	keys: Float64Array<ArrayBuffer>;
}

/** Whether two lines are the same event: equal bytes, or else equal source and id. */
export function sameEvent(one: Uint8Array, other: Uint8Array): boolean {
	return Buffer.compare(one, other) === 0 || identity(one) === identity(other);
}

/** Source and id of a line, as one text that differs where either differs. */
function identity(line: Uint8Array): string {
	const { source, id } = JSON.parse(textOf(line)) as { source: unknown; id: unknown };
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
