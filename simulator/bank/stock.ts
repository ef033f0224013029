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
		this.#move(branch, branch.id, 'issued', product, 1, 'instant_issue');
		this.#orderWhereLow(branch, product, shelf);
		this.#world.transfers.consider(branch, product, shelf.quantity);
		return true;
	}

	/** Brings card bodies from one branch to another, as many as are still there. */
	carry(from: Branch, to: Branch, product: string, wanted: number, transferId: string): void {
		const giving = this.#shelves.get(`${from.id} ${product}`);
		const taking = this.#shelves.get(`${to.id} ${product}`);
		const quantity = Math.min(wanted, giving?.quantity ?? 0);
		if (!giving || !taking || quantity === 0) return;
		giving.quantity -= quantity;
		taking.quantity += quantity;
		const data = { from: from.id, to: to.id, product, quantity, reason: 'transfer', transferId };
		this.#world.emit('stock.moved', data, to.source);
		this.#orderWhereLow(from, product, giving);
	}

	/**
	 * Loses a share of a shelf until the function that it answers is called, which brings back what was lost. No order is
	 * made meanwhile, so that the shelf afterwards is what it would have been.
	 */
	lose(branch: Branch, product: string, share: number): () => void {
		const shelf = this.#shelves.get(`${branch.id} ${product}`);
		const lost = Math.round((shelf?.quantity ?? 0) * share);
		if (!shelf || lost === 0) return () => undefined;
		shelf.quantity -= lost;
		this.#move(branch, branch.id, 'lost', product, lost, 'stock_loss');
		this.#world.emit('stock.counted', { branchId: branch.id, product, quantity: shelf.quantity }, branch.source);
		return () => {
			shelf.quantity += lost;
			this.#move(branch, 'centre', branch.id, product, lost, 'emergency_supply');
			this.#orderWhereLow(branch, product, shelf);
		};
	}

	/** Below the threshold a replenishment starts, unless the supply is held back. */
	#orderWhereLow(branch: Branch, product: string, shelf: Shelf): void {
		const { threshold } = this.#world.profile.stock;
		if (shelf.quantity > threshold || shelf.ordered) return;
		if (this.#world.faults.share('supply', branch) > 0) return;
		shelf.ordered = true;
		const quantity = shelf.quantity;
		this.#world.emit('stock.threshold', { branchId: branch.id, product, quantity, threshold }, branch.source);
		const orderId = this.#world.nextId(`R-${branch.id}`);
		const order = { orderId, branchId: branch.id, product, quantity: this.#world.profile.stock.order };
		this.#world.emit('replenishment.ordered', order, branch.source);
		this.#world.env.process(this.#refill(branch, product, shelf), `refill ${branch.id}`);
	}

	*#refill(branch: Branch, product: string, shelf: Shelf): Generator<SimEvent, void, unknown> {
		const { env, profile } = this.#world;
		const slow = this.#world.stream(branch.id, 'supply').next() < profile.stock.slowShare;
		const stream = this.#world.stream(branch.id, `refill ${product} ${env.now}`);
		yield env.timeout(span(stream, profile.stock.lead, slow ? profile.stock.slowFactor : 1));
		for (;;) {
			const held = this.#world.faults.until('supply', branch) - env.now;
			if (held === 0) break;
			yield env.timeout(Math.min(held, HOUR));
		}
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
