import * as z from 'zod';
import { MEDIA, SEGMENTS } from '../../src/lib/domain/events/vocabulary.ts';
import { duration, rate, share, spread } from './quantities.ts';

const medium = z.enum(MEDIA);
const media = <V extends z.ZodType>(value: V) =>
	z.strictObject(Object.fromEntries(MEDIA.map((each) => [each, value])) as Record<(typeof MEDIA)[number], V>);

/** Messages that a customer may get on the way, in the order of the stages. */
export const STAGE_MESSAGES = [
	'report_details',
	'card_frozen',
	'identity_verified',
	'replacement_approved',
	'card_made',
	'card_dispatched',
	'ready_to_collect',
	'card_activated'
] as const;

/** What customers are told, by which medium, and what becomes of a message that does not get through. */
export const messagesSection = z.strictObject({
	/** Weights of the media by which customers want to be told, by segment. */
	media: z.record(
		z.enum(SEGMENTS),
		z.partialRecord(medium, rate).refine(someWeight, 'expected a medium with a weight above 0')
	),
	/** Share of the customers who are told of each stage. The report is confirmed to everybody by SMS, and so is a delay by their medium. */
	stages: z.strictObject(
		Object.fromEntries(STAGE_MESSAGES.map((each) => [each, share])) as Record<
			(typeof STAGE_MESSAGES)[number],
			typeof share
		>
	),
	/** Share of the reports at a counter or machine of which a slip with a code is printed. */
	slip: share,
	/** How long a message takes, and the share that does not get through, by medium. */
	times: media(spread),
	failures: media(share),
	retry: spread,
	/** By what it is tried next, one after the other; after the last one somebody calls until it is known. */
	fallBack: z.array(medium),
	/** From one status ticket to the next. */
	ticket: spread,
	/** A card that lies ready or is not switched on for so long is called to mind, once. */
	remind: z.strictObject({ collect: duration, activate: duration })
});

function someWeight(weights: object): boolean {
	return Object.values(weights).some((weight) => Number(weight) > 0);
}
