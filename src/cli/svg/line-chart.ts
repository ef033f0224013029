import { format } from 'd3-format';
import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { COLOURS, paper, px, text } from './paper.ts';

export interface Point {
	x: number;
	y: number;
	/** Ends of its interval. */
	low?: number;
	high?: number;
}

export interface Series {
	name: string;
	/** Computed curves are lines, what was measured or simulated are dots with their intervals. */
	mark: 'line' | 'dots';
	points: readonly Point[];
	/** Which of the colours; default: its place. What belongs together has one. */
	hue?: number;
}

export interface LineChart {
	title: string;
	x: string;
	y: string;
	/** The y axis by powers of ten. */
	log?: boolean;
	/** Where there is room for the legend. */
	legend?: 'top-left' | 'bottom-right';
	series: readonly Series[];
}

const WIDTH = 640;
const HEIGHT = 360;
const FRAME = { left: 64, right: 16, top: 40, bottom: 48 };

/** Lines and dots over one pair of axes, as SVG. */
export function lineChart({
	title,
	x: xLabel,
	y: yLabel,
	log = false,
	legend: corner = 'top-left',
	series
}: LineChart): string {
	const points = series.flatMap((each) => each.points);
	const xs = points.map((point) => point.x);
	const ys = points.flatMap(({ y, low = y, high = y }) => [low, y, high]).filter((y) => !log || y > 0);
	const x = scaleLinear([Math.min(...xs), Math.max(...xs)], [FRAME.left, WIDTH - FRAME.right]).nice();
	const bottom = HEIGHT - FRAME.bottom;
	const y = log
		? scaleLog([Math.min(...ys), Math.max(...ys)], [bottom, FRAME.top]).nice()
		: scaleLinear([Math.min(0, ...ys), Math.max(...ys)], [bottom, FRAME.top]).nice();
	const label = format('~g');
	const grid = y.ticks(5).map((tick) => {
		const at = px(y(tick));
		return `<path d="M${FRAME.left},${at}H${WIDTH - FRAME.right}" stroke="#dfe3ea"/><text x="${FRAME.left - 6}" y="${at}" dy=".32em" text-anchor="end" fill="#5b6472">${label(tick)}</text>`;
	});
	const ticks = x
		.ticks(8)
		.map(
			(tick) => `<text x="${px(x(tick))}" y="${bottom + 18}" text-anchor="middle" fill="#5b6472">${label(tick)}</text>`
		);
	const drawn = series.map((each, no) => {
		const colour = COLOURS[(each.hue ?? no) % COLOURS.length]!;
		if (each.mark === 'line') {
			const path = line<Point>(
				(point) => x(point.x),
				(point) => y(point.y)
			).digits(1);
			return `<path d="${path(each.points) ?? ''}" fill="none" stroke="${colour}" stroke-width="1.5"/>`;
		}
		return each.points
			.map(({ x: at, y: value, low = value, high = value }) => {
				const [cx, cy] = [px(x(at)), px(y(value))];
				return `<path d="M${cx},${px(y(Math.max(low, log ? y.domain()[0]! : low)))}V${px(y(high))}" stroke="${colour}"/><circle cx="${cx}" cy="${cy}" r="3" fill="${colour}"/>`;
			})
			.join('');
	});
	const [left, top] =
		corner === 'top-left' ? [FRAME.left, FRAME.top + 10] : [WIDTH - 190, bottom - 10 - 16 * (series.length - 1)];
	const legend = series.map(({ name, mark, hue }, no) => {
		const colour = COLOURS[(hue ?? no) % COLOURS.length]!;
		const at = top + no * 16;
		const sign =
			mark === 'line'
				? `<path d="M${left + 12},${at}h18" stroke="${colour}" stroke-width="1.5"/>`
				: `<circle cx="${left + 21}" cy="${at}" r="3" fill="${colour}"/>`;
		return `${sign}<text x="${left + 36}" y="${at}" dy=".32em">${text(name)}</text>`;
	});
	return paper(WIDTH, HEIGHT, title, [
		`<text x="${FRAME.left}" y="22" font-size="14" font-weight="600">${text(title)}</text>`,
		...grid,
		...ticks,
		`<path d="M${FRAME.left},${bottom}H${WIDTH - FRAME.right}" stroke="#8a93a3"/>`,
		`<text x="${(FRAME.left + WIDTH - FRAME.right) / 2}" y="${HEIGHT - 10}" text-anchor="middle">${text(xLabel)}</text>`,
		`<text transform="translate(16 ${(FRAME.top + bottom) / 2}) rotate(-90)" text-anchor="middle">${text(yLabel)}</text>`,
		...drawn,
		...legend
	]);
}
