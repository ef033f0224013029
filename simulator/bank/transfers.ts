import type { SimEvent } from '../kernel/event.ts';
import type { Branch } from './network.ts';
import { span, type World } from './world.ts';

/** Card bodies from a neighbour where a shelf is nearly empty and the replenishment is still far away. */
export class Transfers {
	readonly #world: World;
	/** Shelves for which one is under way. */
	readonly #pending = new Set<string>();
	readonly #neighbours = new Map<string, readonly Branch[]>();

	constructor(world: World) {
		this.#world = world;
	}

	/** Looks whether a shelf needs help, and asks the nearest branch that can spare it. */
	consider(branch: Branch, product: string, quantity: number): void {
		const { stock } = this.#world.profile;
		const shelf = `${branch.id} ${product}`;
		if (quantity > stock.transfers.below || this.#pending.has(shelf)) return;
		const donor = this.#near(branch).find((other) => this.#spare(other, product) >= stock.transfers.quantity);
		if (donor === undefined) return;
		this.#pending.add(shelf);
		this.#world.env
			.process(this.#transfer(donor, branch, product), `transfer to ${branch.id}`)
			.listen(() => this.#pending.delete(shelf));
	}

	*#transfer(from: Branch, to: Branch, product: string): Generator<SimEvent, void, unknown> {
		const { env, profile, emit, nextId, stock } = this.#world;
		const { transfers } = profile.stock;
		const transferId = nextId(`TR-${to.id}`);
		const stream = this.#world.stream(transferId, 'transfer');
		const { quantity } = transfers;
		const by = `S-${to.id}-1`;
		emit('transfer.proposed', { transferId, from: from.id, to: to.id, product, quantity, by }, to.source);
		yield env.timeout(span(stream, transfers.approve));
		const enough = this.#spare(from, product) >= quantity;
		if (!enough || stream.next() < transfers.refused) {
			const reason = enough ? 'expected_demand' : 'needed_here';
			emit('transfer.rejected', { transferId, by: `M-${from.id}`, reason }, from.source);
			return;
		}
		emit('transfer.approved', { transferId, by: `M-${from.id}` }, from.source);
		yield env.timeout(span(stream, transfers.carry));
		stock.carry(from, to, product, quantity, transferId);
	}

	#spare(branch: Branch, product: string): number {
		const { stock, profile } = this.#world;
		return (stock.quantity(branch, product) ?? 0) - profile.stock.threshold;
	}

	/** The branches of the province with cards of their own, nearest first. */
	#near(branch: Branch): readonly Branch[] {
		let near = this.#neighbours.get(branch.id);
		if (near === undefined) {
			near = this.#world.branches
				.filter((other) => other !== branch && other.instantDevice && other.province === branch.province)
				.sort((a, b) => apart(branch, a) - apart(branch, b));
			this.#neighbours.set(branch.id, near);
		}
		return near;
	}
}

/** Square of the distance, good enough for an order within a province. */
function apart(a: Branch, b: Branch): number {
	const shrink = Math.cos((a.latitude * Math.PI) / 180);
	return (a.latitude - b.latitude) ** 2 + ((a.longitude - b.longitude) * shrink) ** 2;
}
