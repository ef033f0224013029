import type { Profile } from '../bank/profile.ts';
import { replicate } from '../statistics/replicate.ts';
import { CLAIMS } from './claims.ts';
import { type Judgement, judge } from './judge.ts';

export interface CompareOptions {
	readonly before: Profile;
	readonly after: Profile;
	/** First day whose reports count, ms since the epoch. */
	readonly start: number;
	/** Days of reports that count; the run goes on until they are worked off. */
	readonly days: number;
	readonly branches: number;
	readonly seed: number;
	/** At least 2, or there is no interval. */
	readonly replications: number;
	readonly workers: number;
}

/** Runs two profiles under common random numbers and holds every claim of the plan against what comes out. */
export async function compareProfiles(options: CompareOptions): Promise<Judgement[]> {
	const { before, after, start, days, branches, ...plan } = options;
	const module = new URL('./replication.ts', import.meta.url);
	const runs = (profile: Profile) => replicate({ ...plan, module, parameters: { profile, start, days, branches } });
	const first = await runs(before);
	const second = await runs(after);
	return CLAIMS.map((claim) => judge(claim, first, second));
}
