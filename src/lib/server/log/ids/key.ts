/**
 * An id's key is 44 bits in one exact number: the partition (12 bits) above the fragment (32 bits).
 * Keys only find candidates: whether an id is really known is decided by comparing the stored event.
 */
export const PARTITIONS = 4096;
export const FRAGMENTS = 2 ** 32;

/** The key of (lane, source, id). */
export function keyOf(lane: string, source: string, id: string): number {
	let a = 0x9e3779b9;
	let b = 0x85ebca6b;
	for (const text of [lane, source, id]) {
		for (let i = 0; i < text.length; i++) {
			const unit = text.charCodeAt(i);
			a = Math.imul(a ^ unit, 0x85ebca77);
			b = Math.imul(b ^ unit, 0xc2b2ae3d);
		}
		a = Math.imul(a ^ 0x10000, 0x85ebca77);
		b = Math.imul(b ^ 0x10000, 0xc2b2ae3d);
	}
	a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
	b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
	return ((b >>> 7) & (PARTITIONS - 1)) * FRAGMENTS + (a >>> 0);
}
