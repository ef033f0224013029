import type { World } from './world.ts';

interface Count {
	compared: number;
	missed: string[];
}

/** Freezes as the other site knows them: while the link between the sites is cut it misses some, until both are compared. */
export class Copies {
	readonly #world: World;
	readonly #counts = new Map<string, Count>();

	constructor(world: World) {
		this.#world = world;
	}

	/** A freeze of a payment channel on its way to the other site. */
	send(caseId: string, channel: string): void {
		const { faults } = this.#world;
		const share = faults.share('link', undefined);
		if (share === 0) return;
		const count = this.#counts.get(channel) ?? { compared: 0, missed: [] };
		this.#counts.set(channel, count);
		count.compared++;
		if (this.#world.stream(caseId, `link ${channel}`).next() < share) count.missed.push(caseId);
	}

	/** Compares what was sent while the link was cut, and repairs each difference. */
	reconcile(): void {
		for (const [channel, { compared, missed }] of this.#counts) {
			for (const target of missed) this.#world.emit('consistency.repaired', { channel, target, field: 'freeze' });
			const differences = missed.length;
			this.#world.emit('consistency.checked', { channel, compared, differences, repaired: differences });
		}
		this.#counts.clear();
	}
}
