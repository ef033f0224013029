import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';

export interface Box {
	width: number;
	height: number;
}

type Values = readonly (number | null)[];
/** A scale that is given; else the values have their own. */
type Domain = readonly [number, number];

/** Places of values over equal steps. Flat series stand in the middle. */
function places(values: Values, box: Box, domain?: Domain) {
	const known = values.filter((value) => value !== null);
	const [low, high] = domain ?? [Math.min(...known), Math.max(...known)];
	const x = scaleLinear([0, Math.max(1, values.length - 1)], [0, box.width]);
	const y = low === high ? () => box.height / 2 : scaleLinear([low, high], [box.height, 0]);
	return { x, y };
}

/** SVG path of a series; null leaves a gap. */
export function sparkPath(values: Values, box: Box, domain?: Domain): string {
	if (values.every((value) => value === null)) return '';
	const { x, y } = places(values, box, domain);
	const path = line<number | null>()
		.defined((value) => value !== null)
		.x((_, at) => x(at))
		.y((value) => y(value ?? 0));
	return path(values as (number | null)[]) ?? '';
}

/** Where single known values stand between gaps, on the scale of the path: a path alone would not show them. */
export function lonePoints(values: Values, box: Box, domain?: Domain): { x: number; y: number }[] {
	const { x, y } = places(values, box, domain);
	return values.flatMap((value, at) =>
		value !== null && (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null
			? [{ x: x(at), y: y(value) }]
			: []
	);
}
