import { lognormal } from '../random/continuous.ts';
import type { Stream } from '../random/stream.ts';
import type { Tier } from './customer.ts';
import type { Profile } from './profile.ts';

/** What lies behind a card, as far as the bank looks at it. */
export interface Account {
	/** CNY. */
	readonly balance: number;
	/** Why its data must not be filled in, or null where they may. */
	readonly unfit: 'stale' | 'expired' | 'closed' | null;
	/** A loss report in the years before the run: drawn as the account's history, for the model begins without one. */
	readonly historyOfLoss: boolean;
}

/** Draws accounts after the profile's mix: always the same number of draws. */
export function accounts({ customers }: Profile): (stream: Stream, tier: Tier) => Account {
	const { accounts: mix } = customers;
	return (stream, tier) => {
		const mean = mix.balance.mean * (mix.tierFactor[tier] ?? 1);
		const balance = Math.round(lognormal(stream, mean, mix.balance.cv));
		return {
			balance,
			unfit: unfitOf(stream.next(), mix),
			historyOfLoss: stream.next() < mix.earlierLoss
		};
	};
}

function unfitOf(luck: number, mix: Profile['customers']['accounts']): Account['unfit'] {
	if (luck < mix.staleData) return 'stale';
	if (luck < mix.staleData + mix.expiredDocument) return 'expired';
	return luck < mix.staleData + mix.expiredDocument + mix.closedAccount ? 'closed' : null;
}
