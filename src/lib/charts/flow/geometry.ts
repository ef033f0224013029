import { scaleLinear } from 'd3-scale';
import { area, curveBumpX } from 'd3-shape';

export interface FlowNode {
	x: number;
	y: number;
	height: number;
}

export interface FlowGeometry {
	nodes: FlowNode[];
	/** One ribbon per pair of neighbours. */
	ribbons: string[];
	/** Width of one column, px. */
	column: number;
}

const LEAST = 2;

/** Nodes and ribbons of a row of stages: height is proportional to volume around one middle line; equal columns. */
export function flow(volumes: readonly number[], box: { width: number; height: number; node: number }): FlowGeometry {
	const column = box.width / Math.max(1, volumes.length);
	const size = scaleLinear([0, Math.max(1, ...volumes)], [0, box.height]);
	const nodes = volumes.map((volume, at) => {
		const height = volume > 0 ? Math.max(LEAST, size(volume)) : LEAST;
		return { x: at * column, y: (box.height - height) / 2, height };
	});
	const band = area<{ x: number; top: number; bottom: number }>()
		.x((point) => point.x)
		.y0((point) => point.top)
		.y1((point) => point.bottom)
		.curve(curveBumpX);
	const ribbons = nodes.slice(0, -1).map((from, at) => {
		const to = nodes[at + 1] ?? from;
		const [start, end] = [from.x + box.node, to.x];
		const edge = (x: number, node: FlowNode) => ({ x, top: node.y, bottom: node.y + node.height });
		return band([edge(start, from), edge(end, to)]) ?? '';
	});
	return { nodes, ribbons, column };
}

/** Places of dots in rows of `per`, at most `most`; what is left over is told as a number. */
export function dots(
	count: number,
	{ per = 6, most = 12, step = 8 }: { per?: number; most?: number; step?: number } = {}
): { places: { x: number; y: number }[]; more: number } {
	const shown = Math.min(count, most);
	const places = Array.from({ length: shown }, (_, at) => ({ x: (at % per) * step, y: Math.floor(at / per) * step }));
	return { places, more: count - shown };
}
