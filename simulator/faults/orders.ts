import type { World } from '../bank/world.ts';
import { URGENT } from '../kernel/event.ts';
import type { AnyFault } from './read-faults.ts';
import { endFault, startFaults } from './start-faults.ts';

/** What somebody did to a bank while it ran, and at which tick: put up a fault, or ended one by its name. */
export type Order = { readonly at: number } & ({ readonly inject: AnyFault } | { readonly end: string });

export function obey(world: World, order: Order): void {
	if ('inject' in order) startFaults(world, [order.inject]);
	else endFault(world, order.end);
}

/**
 * Has orders done again at their ticks, before anything else that is due then: as when they came to a bank that rested
 * there. Put up from the start, a fault would be foreseen.
 */
export function obeyAgain(world: World, orders: readonly Order[]): void {
	for (const order of orders) world.env.call(order.at - world.env.now, () => obey(world, order), URGENT);
}
