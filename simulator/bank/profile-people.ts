import * as z from 'zod';
import { CHANNELS, METHODS, TIERS } from '../../src/lib/domain/events/vocabulary.ts';
import { earlier, rising, type Rule, sensible, someAbove0, together } from './profile-sense.ts';
import { count, duration, hour, rate, share, spread } from './quantities.ts';

const over = <T extends readonly string[]>(keys: T) => z.partialRecord(z.enum(keys), rate);
const amount = z.number().positive();
/** Amounts of money in CNY, lognormal. */
const money = z.strictObject({ mean: amount, cv: z.number().min(0).max(5) });
const scoreRange = sensible(z.strictObject({ from: share, to: share }), rising('from', 'to'));
const bySigns = z.array(share).length(4, 'expected 4 shares');
const REMOTE = ['mobile', 'online', 'wechat', 'alipay', 'phone', 'counter', 'vtm', 'atm'] as const;

/** Whoever finds a channel closed or its line too long turns to the phone app. */
const mobileAtLeast: Rule = (channels) =>
	(channels['mobile'] as { share: number } | undefined) === undefined
		? [
				{
					path: [],
					en: 'expected the channel mobile, to which the others fall back',
					zh: '必须有渠道 mobile，其他渠道以它为后备',
					plain: true
				}
			]
		: [];
const someChannel: Rule = (channels) =>
	Object.values(channels).some((channel) => (channel as { share: number }).share > 0)
		? []
		: [
				{
					path: [],
					en: 'expected at least one channel with a share above 0',
					zh: '至少有一个渠道的 share 应大于 0',
					plain: true
				}
			];

/** Customers and how the bank checks them: the parts of a profile about people and their cases until the decision. */
export const peopleSections = {
	customers: sensible(
		z.strictObject({
			tiers: over(TIERS),
			elderly: share,
			new: share,
			/** Cannot come to a branch. */
			immobile: share,
			awayFromHome: share,
			sharedDevice: share,
			unusualDevice: share,
			/** Gave a new phone number or address just before the report. */
			contactChanged: share,
			accounts: sensible(
				z.strictObject({
					balance: money,
					/** Factor on the balance by tier; 1 where none is given. */
					tierFactor: over(TIERS),
					/** Shares whose data the bank must not fill in: older than allowed, with an expired document, of a closed account. */
					staleData: share,
					expiredDocument: share,
					closedAccount: share,
					/** Share with a loss report in the years that count. */
					earlierLoss: share
				}),
				together('staleData', 'expiredDocument', 'closedAccount')
			)
		}),
		someAbove0('tiers'),
		together('elderly', 'new')
	),
	channels: sensible(
		z.partialRecord(
			z.enum(REMOTE),
			z.strictObject({
				share: rate,
				report: spread,
				/** Screens until the report is sent. */
				steps: count,
				/** Chance that an attempt fails and is made again. */
				failure: z.number().min(0).max(0.9)
			})
		),
		mobileAtLeast,
		someChannel
	),
	/** A second report of the same loss: from the first one on, until it is seen to be one, and then until it is cancelled. */
	duplicates: z.strictObject({ share, after: spread, seen: spread, cancelled: spread }),
	/** Share of the cards that turn up again, when, and how long the second person takes to agree that the report is taken back. */
	release: z.strictObject({ share, foundAfter: spread, confirm: spread }),
	cash: z.strictObject({
		/** Share of those who report at a machine and need money at once. */
		share,
		/** The most a day, CNY. */
		limit: amount,
		wanted: money,
		time: spread
	}),
	identity: z.strictObject({
		usual: z.partialRecord(z.enum(CHANNELS), z.enum(METHODS)),
		attempt: spread,
		times: z.partialRecord(z.enum(METHODS), spread),
		failure: share,
		failures: z.partialRecord(z.enum(METHODS), share),
		/** After so many a person takes over. */
		attempts: count,
		/** Chance of a stronger check for a customer away from home; an unusual device always asks for one. */
		stepUpAway: share,
		/** Share of the stronger checks that are a call back, where a voice print would do. */
		callback: share,
		/** Share who have not agreed to the factor yet, and of them who agree when asked. */
		unasked: share,
		consents: share,
		elderlyVideo: share,
		registryMismatch: share,
		/** How long an answer is waited for. */
		registryTimeout: duration,
		abandon: share,
		abandonAfter: duration,
		/** Between what two scores a factor that failed and one that held lie. */
		scores: z.strictObject({ failed: scoreRange, passed: scoreRange })
	}),
	materials: sensible(
		z.strictObject({
			prefilled: share,
			confirm: spread,
			upload: spread,
			check: spread,
			flagged: share,
			problems: z.strictObject({ blurred: rate, mismatch: rate, expired: rate, missing: rate, forged: rate }),
			/** Share of the forged papers that are seen. */
			forgedSeen: share,
			ocrAccuracy: share,
			/** Share who show their identity card; each rarer paper is as likely as the others. */
			usualCard: share,
			/** A proxy comes in place of some elderly customers. */
			proxy: share,
			/** Balance above which the originals are pulled and the branch manager decides. */
			originalsFrom: amount,
			originalsPull: spread
		}),
		someAbove0('problems')
	),
	risk: z.strictObject({
		/** Score of an ordinary report before reasons are added; a lognormal on 0 to 1. */
		score: z.strictObject({ mean: share, cv: z.number().min(0).max(5) }),
		/** What fraud adds to it. */
		fraudShift: share,
		/** What each reason adds. */
		reasons: z.record(z.string().min(1), share),
		decision: spread,
		secondCheck: spread,
		/** Shares who prove to be the customer when the bank calls them back. */
		callBack: z.strictObject({ honest: share, fraudsters: share }),
		review: spread,
		/** People of the risk team. */
		reviewers: count,
		/**
		 * Shares of the fraudsters whom reviewers find out, and of the honest whom they clear, where none, one, two or all three of these
		 * speak against the customer: a score from `interviewFrom` on, a forged paper, a call that proved nothing.
		 */
		reviews: z.strictObject({ sensitivity: bySigns, specificity: bySigns }),
		thresholds: sensible(
			z.strictObject({ pass: share, secondCheck: share, manualReview: share }),
			rising('pass', 'secondCheck', 'manualReview')
		),
		/** How much lower the first threshold is for reports away from home on holidays. */
		holidayAway: share,
		/** From this score on three people decide, after a video interview. */
		interviewFrom: share,
		fraud: share,
		/** How much likelier on a device of several customers. */
		sharedFactor: rate,
		sharedDeviceWindow: duration,
		/** So many customers on one device within that time, the last one among them, are reason for a pause. */
		velocityFrom: count,
		blacklist: z.strictObject({ honest: share, fraudsters: share }),
		learning: z.strictObject({
			/** Part of the false positives that goes with each month of learning. */
			monthly: share,
			/** Share of the known fraud that the first threshold must catch. */
			catches: share,
			/** Known frauds without which nothing is learned. */
			atLeast: count,
			threshold: sensible(z.strictObject({ from: share, to: share }), rising('from', 'to'))
		}),
		suspicion: spread
	}),
	approval: z.strictObject({
		/** Reports of plain customers without a reason for doubt approve themselves up to this amount, CNY; 0 for never. */
		automaticUpTo: rate,
		/** The most that each level decides, CNY; above them all the head office does. */
		upTo: sensible(
			z.strictObject({ teller: rate, supervisor: rate, manager: rate }),
			rising('teller', 'supervisor', 'manager')
		),
		/** From this amount on two people must agree. */
		fourEyesFrom: rate,
		pickup: z.strictObject({ teller: spread, supervisor: spread, manager: spread, head_office: spread }),
		decide: spread,
		approversPerProvince: z.number().int().min(2),
		headOffice: z.number().int().min(2),
		desk: sensible(z.strictObject({ from: hour, to: hour }), earlier('from', 'to')),
		vipFactor: rate,
		refused: share
	})
};
