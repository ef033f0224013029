import * as z from 'zod';
import type { Impairment } from '../impairment.ts';
import { itsEnd, kind, timing } from '../kind.ts';
import { branchScope, covering } from '../scope.ts';
import { failing } from './parts.ts';

/** The line of branches is cut: no core at the windows, no machines. Tellers go over to paper. */
export const networkCut = kind({
	schema: z.strictObject({ kind: z.literal('network-cut'), ...timing, scope: branchScope }),
	impairs: ({ scope }, { paper }): Impairment[] => [
		{ what: 'line', strength: 1, covers: covering(scope) } satisfies Impairment<'line'>,
		{ what: 'core', strength: paper.byHand, covers: covering(scope) } satisfies Impairment<'core'>
	],
	*act(world, fault) {
		const hit = world.branches.filter(covering(fault.scope));
		const back = hit.flatMap((branch) =>
			world.devices.of(branch).map((deviceId) => world.devices.stop(branch, deviceId, 'network_lost'))
		);
		yield* itsEnd(world, fault);
		for (const restart of back) restart();
	}
});

/** The link between the two sites is cut: some freezes do not reach the copy at the other site until they are reconciled. */
export const siteLinkCut = kind({
	schema: z.strictObject({
		kind: z.literal('site-link-cut'),
		...timing,
		/** Share of the freezes that the other site misses. */
		strength: z.number().min(0).max(1).default(0.1)
	}),
	impairs: ({ strength }) => [
		failing(['network'], 0.5),
		{ what: 'link', strength, covers: () => true } satisfies Impairment<'link'>
	],
	*act(world, fault) {
		yield* itsEnd(world, fault);
		world.copies.reconcile();
	}
});
