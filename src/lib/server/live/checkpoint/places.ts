import type { BranchState, StockState } from '../fold/lane-state.ts';
import { type Columns, type Fields, number, packRows, text, type TextColumn, word, wordColumn } from './columns.ts';

type Place = Omit<BranchState, 'hours'>;

const BRANCH: Fields<Place> = {
	name: ['text', (row) => row.name],
	city: ['text', (row) => row.city],
	province: ['text', (row) => row.province],
	last: ['number', (row) => row.last],
	head: ['number', (row) => row.head]
};
const STOCK: Fields<StockState> = {
	branchId: ['text', (row) => row.branchId],
	product: ['text', (row) => row.product],
	quantity: ['number', (row) => row.quantity],
	threshold: ['number', (row) => row.threshold],
	at: ['number', (row) => row.at]
};

export interface PackedBranches {
	ids: TextColumn;
	places: Columns<Place>;
	/** The rings of all branches one after the other, each of the same length. */
	hours: Uint16Array;
}

export interface PackedStock {
	keys: TextColumn;
	rows: Columns<StockState>;
}

export function packBranches(branches: ReadonlyMap<string, BranchState>): PackedBranches {
	const states = [...branches.values()];
	const width = states[0]?.hours.length ?? 0;
	const hours = new Uint16Array(width * states.length);
	for (const [at, state] of states.entries()) hours.set(state.hours, at * width);
	return { ids: wordColumn([...branches.keys()]), places: packRows<Place>(states, BRANCH), hours };
}

export function unpackBranches({ ids, places, hours }: PackedBranches): Map<string, BranchState> {
	const branches = new Map<string, BranchState>();
	const count = ids.codes.length;
	const width = count === 0 ? 0 : hours.length / count;
	for (let at = 0; at < count; at += 1) {
		branches.set(word(ids, at), {
			name: text(places.name, at),
			city: text(places.city, at),
			province: text(places.province, at),
			last: places.last[at]!,
			hours: hours.slice(at * width, (at + 1) * width),
			head: places.head[at]!
		});
	}
	return branches;
}

export function packStock(stock: ReadonlyMap<string, StockState>): PackedStock {
	return { keys: wordColumn([...stock.keys()]), rows: packRows([...stock.values()], STOCK) };
}

export function unpackStock({ keys, rows }: PackedStock): Map<string, StockState> {
	const stock = new Map<string, StockState>();
	for (let at = 0; at < keys.codes.length; at += 1) {
		stock.set(word(keys, at), {
			branchId: word(rows.branchId, at),
			product: word(rows.product, at),
			quantity: number(rows.quantity, at),
			threshold: number(rows.threshold, at),
			at: rows.at[at]!
		});
	}
	return stock;
}
