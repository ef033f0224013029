import * as z from 'zod';
import { PAYMENT_CHANNELS } from '../../src/lib/domain/events/vocabulary.ts';
import { readYaml } from '../../src/lib/domain/read-yaml.ts';
import { afterSections } from './profile-after.ts';
import { peopleSections } from './profile-people.ts';
import { holiday, phoneSections, serviceSections, transferSection, visitSegments } from './profile-service.ts';
import { messagesSection } from './profile-messages.ts';
import { paperSection } from './profile-paper.ts';
import { different, earlier, rising, sensible, someAbove0, together } from './profile-sense.ts';
import { sitesSection } from './profile-sites.ts';
import { count, duration, hour, hourly, rate, share, spread } from './quantities.ts';

const hours = hourly(rate);
const weights = z.record(z.string().min(1), rate);
/** Steps after which a virtual card may be issued. */
const VIRTUAL_AFTER = ['verified', 'risk', 'approval'] as const;

/** Everything a bank profile says. Shares are 0 to 1, weights are relative, durations come out in ms. */
export const profileSchema = z.strictObject({
	name: z.string().min(1),
	arrivals: sensible(
		z.strictObject({
			casesPerBranchDay: rate,
			dailyVariance: rate,
			hours,
			weekdays: z.array(rate).length(7, 'expected 7 weekdays'),
			pensionDay: rate,
			monthEnd: rate,
			holidays: z.array(holiday)
		}),
		someAbove0('hours'),
		someAbove0('weekdays')
	),
	...peopleSections,
	freeze: z.strictObject({
		channels: z.partialRecord(z.enum(PAYMENT_CHANNELS), share),
		propagate: spread,
		failure: share,
		retry: spread,
		stuck: share,
		stuckFor: spread,
		/** A channel that is not frozen so long after the others is given up: what was done is undone, and everything begun anew, so many times. */
		giveUp: duration,
		anew: z.number().int().min(0),
		/** Share of the freezes that leave salary and other incoming credits open. */
		incomingOpen: share
	}),
	production: z.strictObject({
		/** Share who get a virtual card, and after which step: at `verified` who gave reason for doubt waits for the risk check. */
		virtual: z.strictObject({ share, after: z.enum(VIRTUAL_AFTER) }),
		/** Shares who want their card made in the branch: of those who are there anyway, and of those who report from afar. */
		instantWanted: z.strictObject({ present: share, remote: share }),
		instant: spread,
		instantFailure: share,
		batchHours: z.array(hour).min(1),
		batch: spread,
		perCard: duration,
		failure: share,
		packing: spread,
		/** Share of the orders and of the shipping labels that are made without a person, and how long one takes for the others. */
		straightThrough: share,
		byHand: spread,
		/** Share of the orders that a branch must place itself, and how long that takes. */
		branchOrder: z.strictObject({ share, wait: spread })
	}),
	stock: sensible(
		z.strictObject({
			products: z.array(z.string().min(1)).min(1),
			initial: sensible(z.strictObject({ low: count, high: count }), rising('low', 'high')),
			threshold: count,
			order: count,
			lead: spread,
			slowShare: share,
			slowFactor: z.number().min(1),
			...transferSection
		}),
		different('products')
	),
	delivery: sensible(
		z.strictObject({
			sameCity: share,
			express: share,
			locker: share,
			otherProvince: share,
			hours: sensible(z.strictObject({ from: hour, to: hour }), earlier('from', 'to')),
			times: z.strictObject({ same_city: spread, express: spread, standard: spread, other_province: spread }),
			/** What the customer is told, by the way the card takes. */
			promised: z.strictObject({
				same_city: duration,
				express: duration,
				standard: duration,
				other_province: duration
			}),
			/** Handing a card that was made in the branch over the counter. */
			atCounter: spread,
			/** Weights of the couriers. */
			carriers: z.record(z.string().min(1), rate),
			collect: spread,
			keep: duration,
			mismatch: share,
			redeliver: spread
		}),
		together('sameCity', 'express', 'otherProvince'),
		// The lockers stand in the city of the branch.
		rising('locker', 'sameCity'),
		someAbove0('carriers')
	),
	/** Share of the reports from afar that the customer must confirm in the branch, when they come, and how long after its opening where it was closed. */
	formalities: z.strictObject({ confirmInBranch: share, comes: spread, afterOpening: spread }),
	notifications: messagesSection,
	...afterSections,
	visits: sensible(
		z.strictObject({
			cardVisitsPerDay: rate,
			/** Variance of the daily factors of card visits and of other business. */
			cardVariance: rate,
			otherVariance: rate,
			segments: visitSegments,
			otherLoad: rate,
			otherService: spread,
			check: spread,
			process: spread,
			finish: spread,
			patience: spread,
			/** From giving up in line to reporting by phone. */
			wayHome: spread,
			hours,
			opens: hour,
			closes: hour,
			closedSunday: share,
			weakShare: share,
			weakFactor: z.number().min(1)
		}),
		someAbove0('segments'),
		someAbove0('hours'),
		earlier('opens', 'closes')
	),
	phone: sensible(
		z.strictObject({
			agents: count,
			otherPerMinute: rate,
			/** Variance of the daily factor of the other calls. */
			otherVariance: rate,
			otherTalk: spread,
			patience: spread,
			...phoneSections
		}),
		someAbove0('languages')
	),
	...serviceSections,
	paper: paperSection,
	devices: z.strictObject({
		instantShare: share,
		betweenFailures: duration,
		repair: spread,
		weakFactor: z.number().min(1),
		/** Weights of what breaks, by kind of machine. */
		causes: sensible(z.strictObject({ instant: weights, vtm: weights }), someAbove0('instant'), someAbove0('vtm')),
		/** Cards that a printer makes of one ribbon, at how many left it says so, and how long changing it takes. */
		ribbon: sensible(z.strictObject({ cards: count, low: count, refill: spread }), rising('low', 'cards'))
	}),
	/** The hour of the nightly report to the regulator, how often a copy of the data is restored to try it, and the share that fails. */
	compliance: z.strictObject({ reportHour: hour, restoreEvery: duration, restoreFails: share }),
	sites: sitesSection
});

export type Profile = z.infer<typeof profileSchema>;
/** A duration in ms by its mean and coefficient of variation. */
export type Spread = Profile['delivery']['collect'];

/** Reads a profile; a mistake is a HotcardError `profile-invalid` with file, line, column and what was expected. */
export function readProfile(text: string, file: string): Profile {
	return readYaml(text, file, 'profile', profileSchema).value;
}
