import { scaleBand, scaleLinear } from 'd3-scale';
import { sparkPath } from '../sparkline/geometry.ts';

export interface DayGeometry {
	bars: { x: number; y: number; width: number; height: number; hour: number }[];
	/** Line through the middles of the bars; gaps where unknown. */
	path: string;
}

/** A day: bars from the ground for how many came, in the lower 40 %, and a line above for how long they waited. */
export function dayShape(
	hours: readonly { hour: number; count: number; value: number | null }[],
	box: { width: number; height: number }
): DayGeometry {
	const x = scaleBand(
		hours.map((entry) => entry.hour),
		[0, box.width]
	).padding(0.2);
	const y = scaleLinear([0, Math.max(1, ...hours.map((entry) => entry.count))], [0, box.height * 0.4]);
	const most = Math.max(1, ...hours.map((entry) => entry.value ?? 0));
	const inner = { width: x.step() * Math.max(0, hours.length - 1), height: box.height };
	return {
		bars: hours.map(({ hour, count }) => ({
			hour,
			x: x(hour) ?? 0,
			width: x.bandwidth(),
			height: y(count),
			y: box.height - y(count)
		})),
		path: sparkPath(
			hours.map((entry) => entry.value),
			inner,
			[0, most]
		)
	};
}
