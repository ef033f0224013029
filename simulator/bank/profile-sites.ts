import * as z from 'zod';
import { COMPONENTS } from '../../src/lib/domain/events/vocabulary.ts';
import { different, sensible } from './profile-sense.ts';
import { count, duration, rate, share, spread } from './quantities.ts';

const latency = Object.fromEntries(COMPONENTS.map((component) => [component, duration])) as Record<
	(typeof COMPONENTS)[number],
	typeof duration
>;

/** The two data centres: who they serve, how they are watched, and what happens when one fails. */
export const sitesSection = sensible(
	z.strictObject({
		names: z.tuple([z.string().min(1), z.string().min(1)]),
		/** Share of the branches that the first site serves while both are well; the second one serves the others. */
		first: share,
		/** How often each site tells the health of its core and of its other components. */
		coreEvery: duration,
		othersEvery: duration,
		/** Share of the looks that find a component slow and faulty. */
		degraded: share,
		/** What a look finds: usual latencies and their coefficient of variation, the factor of a degraded one, greatest error rates. */
		health: z.strictObject({
			latency: z.strictObject(latency),
			cv: z.number().min(0).max(5),
			degradedFactor: z.number().min(1),
			errors: z.strictObject({ usual: share, degraded: share })
		}),
		/** The balancer asks each site so often; so many answers missed in a row, or come again, and it is taken for lost, or back. */
		check: z.strictObject({ every: duration, inRow: count }),
		/** Mean time between failures that come of themselves, and how long a site is away then. */
		betweenFailures: duration,
		repair: spread,
		/** From the decision to move a site's traffic until it has moved. */
		failover: spread,
		/** How long after that a client asks again. */
		retry: spread,
		/** Comparison of the payment channels' copies with the core: cards a branch, and the mean number that differ. */
		reconciliation: z.strictObject({ every: duration, cardsPerBranch: count, differences: rate })
	}),
	different('names')
);
