import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';

export interface Box {
	width: number;
	height: number;
}

/** SVG path of a series over equal steps; null leaves a gap. Flat series run through the middle. `domain` fixes the scale. */
export function sparkPath(values: readonly (number | null)[], box: Box, domain?: readonly [number, number]): string {
	const known = values.filter((value) => value !== null);
	if (known.length === 0) return '';
	const [low, high] = domain ?? [Math.min(...known), Math.max(...known)];
	const x = scaleLinear([0, Math.max(1, values.length - 1)], [0, box.width]);
	const y = low === high ? () => box.height / 2 : scaleLinear([low, high], [box.height, 0]);
	const path = line<number | null>()
		.defined((value) => value !== null)
		.x((_, at) => x(at))
		.y((value) => y(value ?? 0));
	return path(values as (number | null)[]) ?? '';
}

/** Where a single known value stands between gaps: a path alone would not show it. */
export function lonePoints(values: readonly (number | null)[]): number[] {
	return values.flatMap((value, at) =>
		value !== null && (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null ? [at] : []
	);
}
