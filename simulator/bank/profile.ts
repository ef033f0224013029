import * as z from 'zod';
import { CAUSES, LEVELS, PAYMENT_CHANNELS, TIERS } from '../../src/lib/domain/events/vocabulary.ts';
import { readYaml } from '../../src/lib/domain/read-yaml.ts';
import { holiday, phoneSections, serviceSections, visitSegments } from './profile-service.ts';
import { paperSection } from './profile-paper.ts';
import { count, duration, rate, share, spread } from './quantities.ts';

const hour = z.number().int().min(0).max(24);
const hours = z.array(rate).length(24);
const window = z.strictObject({ from: hour, to: hour });
const over = <T extends readonly string[]>(keys: T) => z.partialRecord(z.enum(keys), rate);

/** Everything a bank profile says. Shares are 0 to 1, weights are relative, durations come out in ms. */
export const profileSchema = z.strictObject({
	name: z.string().min(1),
	arrivals: z.strictObject({
		casesPerBranchDay: rate,
		dailyVariance: rate,
		hours,
		weekdays: z.array(rate).length(7),
		pensionDay: rate,
		monthEnd: rate,
		holidays: z.array(holiday)
	}),
	customers: z.strictObject({
		tiers: over(TIERS),
		elderly: share,
		new: share,
		awayFromHome: share,
		sharedDevice: share,
		duplicateReport: share,
		found: share
	}),
	channels: z.partialRecord(
		z.enum(['mobile', 'online', 'wechat', 'alipay', 'phone', 'counter', 'vtm', 'atm']),
		z.strictObject({ share: rate, report: spread })
	),
	freeze: z.strictObject({
		channels: z.partialRecord(z.enum(PAYMENT_CHANNELS), share),
		propagate: spread,
		failure: share,
		retry: spread,
		stuck: share,
		stuckFor: spread
	}),
	identity: z.strictObject({
		attempt: spread,
		voice: spread,
		failure: share,
		stepUp: share,
		callback: spread,
		abandon: share
	}),
	materials: z.strictObject({
		prefilled: share,
		confirm: spread,
		upload: spread,
		check: spread,
		flagged: share,
		originals: share,
		originalsPull: spread
	}),
	risk: z.strictObject({
		/** Score of an ordinary report before reasons are added; a lognormal on 0 to 1. */
		score: z.strictObject({ mean: share, cv: z.number().min(0).max(5) }),
		decision: spread,
		secondCheck: spread,
		review: spread,
		thresholds: z.strictObject({ pass: share, secondCheck: share, manualReview: share }),
		fraud: share,
		sharedDeviceWindow: duration
	}),
	approval: z.strictObject({
		automatic: share,
		levels: over(LEVELS),
		pickup: z.strictObject({ teller: spread, supervisor: spread, manager: spread, head_office: spread }),
		decide: spread,
		approversPerProvince: count,
		headOffice: count,
		desk: window,
		vipFactor: rate,
		refused: share
	}),
	production: z.strictObject({
		virtual: share,
		instantWanted: share,
		instant: spread,
		instantFailure: share,
		batchHours: z.array(hour).min(1),
		batch: spread,
		perCard: duration,
		failure: share,
		packing: spread
	}),
	stock: z.strictObject({
		products: z.array(z.string().min(1)).min(1),
		initial: z.strictObject({ low: count, high: count }),
		threshold: count,
		order: count,
		lead: spread,
		slowShare: share,
		slowFactor: z.number().min(1)
	}),
	delivery: z.strictObject({
		sameCity: share,
		express: share,
		locker: share,
		otherProvince: share,
		hours: window,
		times: z.strictObject({ same_city: spread, express: spread, standard: spread, other_province: spread }),
		collect: spread,
		keep: duration,
		mismatch: share,
		redeliver: spread
	}),
	activation: z.strictObject({
		wait: spread,
		never: share,
		rebind: share,
		rebindTime: spread,
		rebindFailure: share
	}),
	notifications: z.strictObject({ sms: spread, failure: share, retry: spread, extra: share, ticket: spread }),
	complaints: z.strictObject({
		share,
		late: share,
		causes: over(CAUSES),
		assign: spread,
		answer: spread,
		close: spread
	}),
	surveys: z.strictObject({ share, after: spread }),
	visits: z.strictObject({
		cardVisitsPerDay: rate,
		segments: visitSegments,
		otherLoad: rate,
		otherService: spread,
		check: spread,
		process: spread,
		finish: spread,
		patience: spread,
		hours,
		opens: hour,
		closes: hour,
		closedSunday: share,
		weakShare: share,
		weakFactor: z.number().min(1)
	}),
	phone: z.strictObject({
		agents: count,
		otherPerMinute: rate,
		otherTalk: spread,
		patience: spread,
		...phoneSections
	}),
	...serviceSections,
	paper: paperSection,
	devices: z.strictObject({
		instantShare: share,
		betweenFailures: duration,
		repair: spread,
		weakFactor: z.number().min(1)
	}),
	sites: z.strictObject({
		names: z.tuple([z.string().min(1), z.string().min(1)]),
		coreEvery: duration,
		othersEvery: duration,
		degraded: share,
		betweenFailovers: duration,
		failover: spread
	})
});

export type Profile = z.infer<typeof profileSchema>;
/** A duration in ms by its mean and coefficient of variation. */
export type Spread = Profile['delivery']['collect'];

/** Reads a profile; a mistake is a HotcardError `profile-invalid` with file, line, column and what was expected. */
export function readProfile(text: string, file: string): Profile {
	return readYaml(text, file, 'profile', profileSchema).value;
}
