import * as z from 'zod';
import { duration, share, spread } from './quantities.ts';

/** What happens at the windows while the core is out of reach, and afterwards. */
export const paperSection = z.strictObject({
	/** How long a teller waits for the core before reaching for paper. */
	after: duration,
	/** Factor on the time of what a teller does by hand meanwhile. */
	byHand: z.number().min(1),
	write: spread,
	/** Typing a ticket in afterwards. */
	key: spread,
	/** Share of the tickets that are typed in with a wrong field, and how many of those are seen at once. */
	wrong: share,
	caught: share,
	/** Share of the tickets that are typed in twice. */
	twice: share,
	/** From the last ticket to the comparison of paper and system. */
	check: spread
});
