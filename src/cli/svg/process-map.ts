import { px, paper, text } from './paper.ts';

export interface MapNode {
	name: string;
	/** The column it stands in, from left to right. */
	column: number;
	count: number;
}

export interface MapEdge {
	from: string;
	to: string;
	count: number;
	/** Median time between the two, as text. */
	took: string;
}

export interface ProcessMap {
	title: string;
	columns: readonly string[];
	/** Those of one column from top to bottom. */
	nodes: readonly MapNode[];
	edges: readonly MapEdge[];
}

const LEFT = 60;
const COLUMN = 196;
const ROW = 62;
const BOX = { width: 150, height: 36 };
const TOP = 76;

/** Which activity follows which, stage by stage from left to right; the widest arrows are the most frequent. */
export function processMap({ title, columns, nodes, edges }: ProcessMap): string {
	const places = new Map<string, { x: number; y: number }>();
	const filled = new Array<number>(columns.length).fill(0);
	for (const node of nodes) {
		const row = filled[node.column]!++;
		places.set(node.name, { x: LEFT + node.column * COLUMN, y: TOP + row * ROW });
	}
	const width = LEFT + columns.length * COLUMN;
	const height = TOP + Math.max(...filled) * ROW + 10;
	const most = Math.max(...edges.map((edge) => edge.count));
	const arrows = edges.map(({ from, to, count, took }) => {
		const [a, b] = [places.get(from)!, places.get(to)!];
		const stroke = `stroke="#7d8798" stroke-width="${px(0.8 + (3.2 * count) / most)}" fill="none" marker-end="url(#tip)"`;
		const title = `<title>${text(`${from} → ${to}: ${count}, ${took}`)}</title>`;
		return `<path d="${route(a, b)}" ${stroke}>${title}</path>${caption(a, b, took)}`;
	});
	const boxes = nodes.map(({ name, count }) => {
		const { x, y } = places.get(name)!;
		return [
			`<rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="4" fill="#eef3fb" stroke="#1f5fbf"/>`,
			`<text x="${x + BOX.width / 2}" y="${y + 15}" text-anchor="middle">${text(name)}</text>`,
			`<text x="${x + BOX.width / 2}" y="${y + 29}" text-anchor="middle" font-size="10" fill="#5b6472">${count}</text>`
		].join('');
	});
	const heads = columns.map(
		(name, at) => `<text x="${LEFT + at * COLUMN}" y="56" font-weight="600" fill="#5b6472">${text(name)}</text>`
	);
	return paper(width, height, title, [
		'<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path d="M0,0L8,4L0,8z" fill="#7d8798"/></marker></defs>',
		`<text x="${LEFT}" y="26" font-size="14" font-weight="600">${text(title)}</text>`,
		...heads,
		...arrows,
		...boxes
	]);
}

type Place = { x: number; y: number };

/** From side to side between columns, from top to bottom within one, round the left where it goes back. */
function route(a: Place, b: Place): string {
	const [ay, by] = [a.y + BOX.height / 2, b.y + BOX.height / 2];
	if (a.x < b.x) {
		const [from, to] = [a.x + BOX.width, b.x];
		const bend = (to - from) / 2;
		return `M${from},${ay}C${from + bend},${ay} ${to - bend},${by} ${to},${by}`;
	}
	if (isDown(a, b)) return `M${a.x + BOX.width / 2},${a.y + BOX.height}V${b.y}`;
	const left = Math.min(a.x, b.x) - 14;
	return `M${a.x},${ay}C${left},${ay} ${left},${by} ${b.x},${by}`;
}

/** Beside its arrow: above one that leads on, right of one that leads down, left of one that goes round the left. */
function caption(a: Place, b: Place, took: string): string {
	const forward = a.x < b.x;
	const down = isDown(a, b);
	const x = forward ? (a.x + BOX.width + b.x) / 2 : down ? a.x + BOX.width / 2 + 4 : Math.min(a.x, b.x) - 12;
	const y = forward ? (a.y + b.y + BOX.height) / 2 - 4 : (a.y + BOX.height + b.y) / 2 + 3;
	const anchor = forward ? 'middle' : down ? 'start' : 'end';
	return `<text x="${px(x)}" y="${px(y)}" text-anchor="${anchor}" font-size="9" fill="#5b6472">${text(took)}</text>`;
}

/** Whether an arrow leads straight to the next box below. */
const isDown = (a: Place, b: Place): boolean => a.x === b.x && a.y < b.y && b.y - a.y <= ROW;
