import * as z from 'zod';
import { SEGMENTS } from '../../src/lib/domain/events/vocabulary.ts';
import { rising, sensible } from './profile-sense.ts';
import { count, duration, hour, hourly, rate, share, spread } from './quantities.ts';

/** Days on which people live differently; `open` says whether the branches open. */
export const holiday = sensible(
	z.strictObject({ name: z.string().min(1), from: z.iso.date(), to: z.iso.date(), factor: rate, open: z.boolean() }),
	({ from, to }) =>
		(from as string) <= (to as string)
			? []
			: [
					{
						path: ['to'],
						en: `expected a day that is not before from (${String(from)})`,
						zh: `不得早于 from（${String(from)}）`
					}
				]
);

/** Tellers, kiosks, appointments and video agents: the parts of a profile about being served. */
export const serviceSections = {
	staffing: z.strictObject({
		/** Share of the tellers who know cards; the first of each branch always does. */
		cardSkill: share,
		/** Standard deviation of a teller's speed around the usual one. */
		speedSpread: z.number().min(0).max(0.3),
		/** Nobody goes where it takes no hour. */
		lunch: sensible(z.strictObject({ from: hour, to: hour }), rising('from', 'to')),
		/** Windows that open beyond the usual ones, at most. */
		extra: z.number().int().min(0),
		/** How many of them open at lunch. */
		noon: z.number().int().min(0),
		peakHours: z.array(hour),
		/** A day with at least this factor is a peak. */
		peakFrom: rate
	}),
	kiosks: z.strictObject({
		/** Share of the counter work that they take. */
		share: z.number().min(0).max(0.5),
		time: spread,
		patience: spread
	}),
	appointments: z.strictObject({
		/** Share of the card customers at the windows who book. */
		share,
		/** How long a slot is; a whole number of them need not fill the day. */
		slot: duration,
		/** Appointments of one slot for each window. */
		quota: rate,
		noShow: share,
		lateness: spread
	}),
	video: z.strictObject({ agents: count, talk: spread, longest: duration, patience: spread })
};

/** Help between branches, part of the section about stock. */
export const transferSection = {
	transfers: z.strictObject({
		/** A shelf with no more than this asks its neighbours. */
		below: count,
		quantity: count,
		approve: spread,
		carry: spread,
		refused: share
	})
};

/** More about windows and phones, beside what the profile has said from the start. */
export const visitSegments = z.partialRecord(z.enum(SEGMENTS), rate);
export const phoneSections = {
	greeting: spread,
	/** Weights; the first one is spoken by every agent. */
	languages: z.record(z.string().min(1), rate),
	/** Share of the agents who speak a third language. */
	thirdLanguage: share,
	/** Share of the agents at work, hour by hour. */
	shifts: hourly(share)
};
