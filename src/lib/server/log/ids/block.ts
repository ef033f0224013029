import { FRAGMENTS, PARTITIONS } from './key.ts';

/**
 * A block holds the ids of `perBlock` neighbouring partitions: how many each has, then all fragments, then all offsets
 * (relative to the run's base) in the order of the partitions. Little-endian 32-bit words: 8 bytes an id.
 */
export interface Block {
	counts: Uint32Array;
	fragments: Uint32Array;
	offsets: Uint32Array;
}

export function openBlock(bytes: Uint8Array, perBlock: number): Block {
	const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
	const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >>> 2);
	const ids = (words.length - perBlock) >>> 1;
	return {
		counts: words.subarray(0, perBlock),
		fragments: words.subarray(perBlock, perBlock + ids),
		offsets: words.subarray(perBlock + ids)
	};
}

export const bytesOf = ({ counts, fragments }: Block): number => 4 * (counts.length + 2 * fragments.length);

/** The bytes of a block and the block itself, still empty, for the given counts. */
export function newBlock(counts: Uint32Array): { bytes: Uint8Array; block: Block } {
	let ids = 0;
	for (const count of counts) ids += count;
	const words = new Uint32Array(counts.length + 2 * ids);
	words.set(counts);
	const bytes = new Uint8Array(words.buffer);
	return { bytes, block: openBlock(bytes, counts.length) };
}

/** Appends to `found` the absolute offsets stored for a key. */
export function findInBlock(block: Block, key: number, base: number, found: number[]): void {
	const perBlock = block.counts.length;
	const place = Math.floor(key / FRAGMENTS) % perBlock;
	const fragment = key >>> 0;
	let start = 0;
	for (let i = 0; i < place; i++) start += block.counts[i]!;
	const end = start + block.counts[place]!;
	for (let i = start; i < end; i++) if (block.fragments[i] === fragment) found.push(base + block.offsets[i]!);
}

/** Groups ids by partition: `order[i]` is the index of the i-th id, `starts[p]` where partition p begins. */
export function byPartition(keys: Float64Array): { starts: Uint32Array; order: Uint32Array } {
	const starts = new Uint32Array(PARTITIONS + 1);
	for (const key of keys) starts[Math.floor(key / FRAGMENTS) + 1]! += 1;
	for (let p = 0; p < PARTITIONS; p++) starts[p + 1]! += starts[p]!;
	const next = starts.slice(0, PARTITIONS);
	const order = new Uint32Array(keys.length);
	for (let i = 0; i < keys.length; i++) order[next[Math.floor(keys[i]! / FRAGMENTS)]!++] = i;
	return { starts, order };
}
