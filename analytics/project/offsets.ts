/** Offsets in ascending order as one short text: the distance of each to the one before it, in base 36. */
export function packOffsets(offsets: readonly number[]): string {
	let text = '';
	let before = 0;
	for (const offset of offsets) {
		text += text === '' ? offset.toString(36) : ` ${(offset - before).toString(36)}`;
		before = offset;
	}
	return text;
}

/** The offsets in a text of `packOffsets`. */
export function unpackOffsets(text: string): number[] {
	let offset = 0;
	return text === '' ? [] : text.split(' ').map((distance) => (offset += parseInt(distance, 36)));
}
