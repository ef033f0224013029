import type { SimEvent } from '../kernel/event.ts';
import { DAY, HOUR } from '../../src/lib/domain/time.ts';
import { midnight, weekdayOf } from './bank-time.ts';
import type { Branch } from './network.ts';
import { span, type World } from './world.ts';

interface Shelf {
	quantity: number;
	ordered: boolean;
}

/** Blank cards per branch and product: issued one by one, refilled from the centre when they run low, counted on Mondays. */
export class Stock {
	readonly #world: World;
	readonly #shelves = new Map<string, Shelf>();

	constructor(world: World) {
		this.#world = world;
		const { initial, products } = world.profile.stock;
		for (const branch of world.branches) {
			if (!branch.instantDevice) continue;
			const stream = world.stream(branch.id, 'stock');
			for (const product of products)
				this.#shelves.set(`${branch.id} ${product}`, {
					quantity: stream.int(initial.low, initial.high),
					ordered: false
				});
		}
		world.env.process(this.#counting(), 'stock count');
	}

	quantity(branch: Branch, product: string): number | null {
		return this.#shelves.get(`${branch.id} ${product}`)?.quantity ?? null;
	}

	/** Takes one card body; false where none is left. */
	take(branch: Branch, product: string): boolean {
		const shelf = this.#shelves.get(`${branch.id} ${product}`);
		if (!shelf || shelf.quantity === 0) return false;
		shelf.quantity--;
		const { threshold } = this.#world.profile.stock;
		this.#move(branch, branch.id, 'issued', product, 1, 'instant_issue');
		if (shelf.quantity <= threshold && !shelf.ordered) {
			shelf.ordered = true;
			const quantity = shelf.quantity;
			this.#world.emit('stock.threshold', { branchId: branch.id, product, quantity, threshold }, branch.source);
			this.#world.env.process(this.#refill(branch, product, shelf), `refill ${branch.id}`);
		}
		return true;
	}

	*#refill(branch: Branch, product: string, shelf: Shelf): Generator<SimEvent, void, unknown> {
		const { env, profile } = this.#world;
		const slow = this.#world.stream(branch.id, 'supply').next() < profile.stock.slowShare;
		const stream = this.#world.stream(branch.id, `refill ${product} ${env.now}`);
		yield env.timeout(span(stream, profile.stock.lead, slow ? profile.stock.slowFactor : 1));
		shelf.quantity += profile.stock.order;
		shelf.ordered = false;
		this.#move(branch, 'centre', branch.id, product, profile.stock.order, 'replenishment');
	}

	*#counting(): Generator<SimEvent, void, unknown> {
		const { env, profile } = this.#world;
		for (;;) {
			for (const branch of this.#world.branches)
				for (const product of profile.stock.products) {
					const quantity = this.quantity(branch, product);
					if (quantity === null) continue;
					this.#world.emit('stock.counted', { branchId: branch.id, product, quantity }, branch.source);
				}
			let next = midnight(env.now) + DAY + 7 * HOUR;
			while (weekdayOf(next) !== 0) next += DAY;
			yield env.timeout(next - env.now);
		}
	}

	#move(branch: Branch, from: string, to: string, product: string, quantity: number, reason: string): void {
		this.#world.emit('stock.moved', { from, to, product, quantity, reason }, branch.source);
	}
}
