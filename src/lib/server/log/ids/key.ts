/**
 * An id's key is 44 bits in one exact number: the partition (12 bits) above the fragment (32 bits).
 * Keys only find candidates: whether an id is really known is decided by comparing the stored event.
 */
export const PARTITIONS = 4096;
export const FRAGMENTS = 2 ** 32;

/** Two 32-bit halves of a hash, with texts mixed in one after the other. */
interface Mixed {
	a: number;
	b: number;
}

function mixIn({ a, b }: Mixed, text: string): Mixed {
	for (let i = 0; i < text.length; i++) {
		const unit = text.charCodeAt(i);
		a = Math.imul(a ^ unit, 0x85ebca77);
		b = Math.imul(b ^ unit, 0xc2b2ae3d);
	}
	return { a: Math.imul(a ^ 0x10000, 0x85ebca77), b: Math.imul(b ^ 0x10000, 0xc2b2ae3d) };
}

/** Makes keys of (lane, source, id) for one lane. Events of one source often come together: its share is mixed once. */
export function keyMaker(lane: string): (source: string, id: string) => number {
	const ofLane = mixIn({ a: 0x9e3779b9, b: 0x85ebca6b }, lane);
	let last: string | undefined;
	let ofSource = ofLane;
	return (source, id) => {
		if (source !== last) ofSource = mixIn(ofLane, source);
		last = source;
		let { a, b } = mixIn(ofSource, id);
		a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
		b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
		return ((b >>> 7) & (PARTITIONS - 1)) * FRAGMENTS + (a >>> 0);
	};
}
