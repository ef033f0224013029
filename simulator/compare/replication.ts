import { DAY } from '../../src/lib/domain/time.ts';
import { createBank } from '../bank/bank.ts';
import type { Profile } from '../bank/profile.ts';
import type { Measures, Run } from '../statistics/experiment.ts';
import { measure } from './measure.ts';
import { Observer } from './observer.ts';

/** Days until queues and shelves are as they usually are, and days in which the last cases come to their end. */
const WARM_UP = 5;
const DRAIN = 25;

export interface CompareParameters {
	readonly profile: Profile;
	/** First day whose reports count, ms since the epoch. */
	readonly start: number;
	readonly days: number;
	readonly branches: number;
}

/** One replication of one profile. The same seed and number draw the same chances for every profile. */
export function replicate({ seed, replication, parameters }: Run): Measures {
	const { profile, start, days, branches } = parameters as unknown as CompareParameters;
	const observer = new Observer(start, start + days * DAY);
	const lies = new Set<string>();
	const own = seed * 1_000 + replication;
	const bank = createBank({ seed: own, profile, start: start - WARM_UP * DAY, branches }, (_, name, data) => {
		if (name === 'report.false') lies.add((data as { caseId: string }).caseId);
	});
	const end = start + (days + DRAIN) * DAY;
	while (bank.now < end) observer.hear(bank.advance(Math.min(end, bank.now + DAY)));
	return measure(observer, lies);
}
