import type { LaneState, StockState } from '../fold/lane-state.ts';
import { stockKey } from '../fold/operations.ts';
import { Sorted } from './sorted.ts';

export interface LowStock {
	readonly key: string;
	readonly branchId: string;
	readonly product: string;
	readonly quantity: number;
	readonly threshold: number;
}

/** Stock at or below its threshold, the emptiest first. Places that were never counted are unknown, not low. */
export class LowStocks {
	readonly #lane: LaneState;
	readonly #low = new Map<string, LowStock>();
	readonly #order = new Sorted<LowStock>(
		(low) => low.quantity,
		(low) => low.key
	);

	constructor(lane: LaneState) {
		this.#lane = lane;
		for (const [key, stock] of lane.stock) {
			const low = lowOf(key, stock);
			if (low) this.#low.set(key, low);
		}
		this.#order.fill([...this.#low.values()]);
	}

	/** Looks again at what a branch has of a product. */
	look(branchId: string, product: string): void {
		const key = stockKey(branchId, product);
		const before = this.#low.get(key);
		const low = lowOf(key, this.#lane.stock.get(key));
		if (before) this.#order.remove(before);
		if (low) {
			this.#low.set(key, low);
			this.#order.add(low);
		} else if (before) this.#low.delete(key);
	}

	/** The emptiest. */
	first(count: number): LowStock[] {
		return this.#order.page(0, count);
	}
}

function lowOf(key: string, stock: StockState | undefined): LowStock | undefined {
	if (!stock) return undefined;
	const { branchId, product, quantity, threshold } = stock;
	if (quantity === null || threshold === null || quantity > threshold) return undefined;
	return { key, branchId, product, quantity, threshold };
}
