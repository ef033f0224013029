import type { LaneState } from '../fold/lane-state.ts';
import { type PackedCases, packCases, unpackCases } from './cases.ts';
import {
	type PackedBranches,
	packBranches,
	type PackedStock,
	packStock,
	unpackBranches,
	unpackStock
} from './places.ts';

/** A lane with its large maps as columns; the small ones stay as they are. */
export interface PackedLane extends Omit<LaneState, 'open' | 'recent' | 'branches' | 'stock'> {
	open: PackedCases;
	recent: PackedCases;
	branches: PackedBranches;
	stock: PackedStock;
}

export function packLane(state: LaneState): PackedLane {
	return {
		...state,
		open: packCases(state.open),
		recent: packCases(state.recent),
		branches: packBranches(state.branches),
		stock: packStock(state.stock)
	};
}

export function unpackLane(packed: PackedLane): LaneState {
	return {
		...packed,
		open: unpackCases(packed.open),
		recent: unpackCases(packed.recent),
		branches: unpackBranches(packed.branches),
		stock: unpackStock(packed.stock)
	};
}
