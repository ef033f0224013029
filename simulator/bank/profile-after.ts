import * as z from 'zod';
import { CAUSES, SEGMENTS } from '../../src/lib/domain/events/vocabulary.ts';
import { EXCEPTION_KINDS } from './exceptions.ts';
import { earlier, sensible, someAbove0 } from './profile-sense.ts';
import { count, duration, hour, rate, share, spread } from './quantities.ts';

const hours = sensible(z.strictObject({ from: hour, to: hour }), earlier('from', 'to'));

/** Using the new card, and what customers and tellers say: the parts of a profile about what comes after. */
export const afterSections = {
	activation: z.strictObject({
		wait: spread,
		atCounter: spread,
		never: share,
		givenUpAfter: duration,
		/** Share who switch it on by phone; the others go to a machine. */
		mobile: share,
		/** From the last step to the close of the case. */
		closing: spread
	}),
	rebinding: z.strictObject({
		/** Share of the customers with services bound to the card that are moved for them. */
		share,
		time: spread,
		/** Of them, with a service that does not move to the new card. */
		left: share,
		/** Share who have bound each. */
		services: z.record(z.string().min(1), share).refine((all) => Object.keys(all).length > 0, 'expected a service')
	}),
	complaints: sensible(
		z.strictObject({
			share,
			late: share,
			causes: z.partialRecord(z.enum(CAUSES), rate),
			/** Hours of the day in which customers complain, and in which they are called back. */
			hours,
			callBackHours: hours,
			owners: count,
			assign: spread,
			answer: spread,
			/** For those about progress, which are promised an answer within 24 hours. */
			answerProgress: spread,
			callBack: spread,
			satisfied: share,
			close: spread
		}),
		someAbove0('causes')
	),
	exceptions: sensible(
		z.strictObject({
			perBranchDay: rate,
			solved: share,
			kinds: z.partialRecord(z.enum(EXCEPTION_KINDS), rate)
		}),
		someAbove0('kinds')
	),
	surveys: z.strictObject({
		/** Chance of being asked and answering, by segment. */
		shares: z.partialRecord(z.enum(SEGMENTS), share),
		after: spread,
		/** A wait of t minutes feels like a × t^b. */
		perceived: z.strictObject({ a: rate, b: rate }),
		/** Mark of a case without trouble, and what takes away from it. */
		mood: z.number().min(1).max(5),
		late: rate,
		slow: rate,
		/** Per ten minutes in line, as they feel. */
		waiting: rate,
		/** Width of the chance in a mark. */
		noise: rate,
		comments: share
	})
};
