import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';

/** Path of a distribution given by its values at evenly spaced probabilities from 0 to 1; `most` is the end of the axis. */
export function ecdfPath(quantiles: readonly number[], most: number, box: { width: number; height: number }): string {
	if (quantiles.length < 2) return '';
	const x = scaleLinear([0, most], [0, box.width]);
	const y = scaleLinear([0, quantiles.length - 1], [box.height, 0]);
	const points: [number, number][] = [];
	for (const [at, value] of quantiles.entries()) {
		const before = quantiles[at - 1] ?? value;
		if (value > most) {
			// The curve leaves the axis between two quantiles.
			if (before < most) points.push([box.width, y(at - 1 + (most - before) / (value - before))]);
			break;
		}
		points.push([x(value), y(at)]);
	}
	if ((quantiles.at(-1) ?? 0) < most) points.push([box.width, 0]);
	return line()(points) ?? '';
}

/** Share of the distribution that is at most `value`, by straight lines between the quantiles. */
export function shareBelow(quantiles: readonly number[], value: number): number | null {
	const steps = quantiles.length - 1;
	if (steps < 1) return null;
	const above = quantiles.findIndex((quantile) => quantile > value);
	if (above < 0) return 1;
	if (above === 0) return 0;
	const [low = 0, high = 0] = [quantiles[above - 1], quantiles[above]];
	return (above - 1 + (value - low) / (high - low)) / steps;
}
