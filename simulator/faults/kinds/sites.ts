import * as z from 'zod';
import { COMPONENTS } from '../../../src/lib/domain/events/vocabulary.ts';
import type { World } from '../../bank/world.ts';
import type { SimEvent } from '../../kernel/event.ts';
import type { Impairment, Span } from '../impairment.ts';
import { factor, itsEnd, kind, pause, timing } from '../kind.ts';
import { failing } from './parts.ts';

/** A data centre goes dark. The other one takes over; with both dark the bank has no core. */
export const siteLoss = kind({
	schema: z.strictObject({
		kind: z.literal('site-loss'),
		...timing,
		scope: z.strictObject({ site: z.string() })
	}),
	impairs: ({ scope }) => [failing(COMPONENTS, 1, scope.site)],
	outage: true,
	act: (world, fault) => outOfService(world, fault, fault.scope.site)
});

/** The database of a site crashes: its core cannot serve, and the other site's works under the load of both. */
export const databaseCrash = kind({
	schema: z.strictObject({
		kind: z.literal('database-crash'),
		...timing,
		scope: z.strictObject({ site: z.string() }),
		/** Factor on the core's time at the site that serves meanwhile. */
		strength: factor.default(1.5)
	}),
	impairs: ({ scope, strength }): Impairment[] => [
		failing(['database'], 1, scope.site),
		failing(['core'], 0.5, scope.site),
		{ what: 'core', strength, covers: () => true } satisfies Impairment<'core'>
	],
	outage: true,
	act: (world, fault) => outOfService(world, fault, fault.scope.site)
});

function* outOfService(world: World, fault: Span, site: string): Generator<SimEvent, void, unknown> {
	// It fails bit by bit, and serves until it is gone altogether.
	yield* pause(world, fault, fault.ramp);
	if (fault.end <= world.env.now) return;
	const regain = world.sites.lose(site);
	yield* itsEnd(world, fault);
	regain();
}
