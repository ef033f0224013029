import { lonePoints, sparkPath, type Box } from '../sparkline/geometry.ts';

export interface LineGeometry {
	path: string;
	/** Values that no line reaches. */
	lone: { x: number; y: number }[];
	/** Height of the target's line, px from the top. */
	target: number;
}

/** A share over time against its target: the scale holds both and never spans less than `least`. */
export function lineWithTarget(
	values: readonly (number | null)[],
	target: number,
	box: Box,
	least = 0.1
): LineGeometry {
	const known = values.filter((value) => value !== null);
	let low = Math.min(target, ...known);
	let high = Math.max(target, ...known);
	if (high - low < least) {
		high = Math.min(1, Math.max(high, (high + low + least) / 2));
		low = high - least;
	}
	return {
		path: sparkPath(values, box, [low, high]),
		lone: lonePoints(values, box, [low, high]),
		target: box.height * (1 - (target - low) / (high - low))
	};
}
