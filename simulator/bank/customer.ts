import type { MEDIA, SEGMENTS, TIERS } from '../../src/lib/domain/events/vocabulary.ts';
import { type Categorical, categorical } from '../random/discrete.ts';
import type { Stream } from '../random/stream.ts';
import { type Account, accounts } from './accounts.ts';
import type { Branch } from './network.ts';
import type { World } from './world.ts';

export type Tier = (typeof TIERS)[number];
export type Segment = (typeof SEGMENTS)[number];
export type Medium = (typeof MEDIA)[number];

/** Who lost a card: tokens only, no names (`personOf` knows those). */
export interface Customer {
	readonly ref: string;
	readonly tier: Tier;
	readonly segment: Segment;
	readonly age: number;
	/** Where the report comes from: the home province unless away. */
	readonly region: string;
	readonly deviceId: string;
	readonly sharedDevice: boolean;
	readonly unusualDevice: boolean;
	readonly contactChanged: boolean;
	readonly awayFromHome: boolean;
	readonly immobile: boolean;
	readonly fraudster: boolean;
	readonly blacklisted: boolean;
	readonly account: Account;
	/** How they want to be told. */
	readonly medium: Medium;
	readonly card: { token: string; bin: string; last4: string; product: string };
}

const OLD = 60;
const OLDEST = 92;
const GROWN_UP = 18;

/** Draws customers after the profile's mix. */
export function customers(world: World): (stream: Stream, branch: Branch) => Customer {
	const { customers: mix, risk, stock, notifications } = world.profile;
	const tiers: Categorical<Tier> = categorical<Tier>(mix.tiers as Record<Tier, number>);
	const drawAccount = accounts(world.profile);
	const media = new Map<string, Categorical<Medium>>();
	for (const [segment, weights] of Object.entries(notifications.media))
		media.set(segment, categorical<Medium>(weights as Record<Medium, number>));
	return (stream, branch) => {
		const tier = tiers.draw(stream);
		const kind = stream.next();
		const sharedDevice = stream.next() < mix.sharedDevice;
		// A shared device belongs to a household or a gang near the branch: a few of them per branch.
		const deviceId = sharedDevice ? `dev-${branch.id}-${stream.int(1, 3)}` : `dev-${code(stream)}`;
		const segment = segmentOf(tier, kind, mix.elderly, mix.new);
		const awayFromHome = stream.next() < mix.awayFromHome;
		const elsewhere = world.branches[stream.int(0, world.branches.length - 1)] as Branch;
		const fraudster = stream.next() < risk.fraud * (sharedDevice ? risk.sharedFactor : 1);
		return {
			ref: `cust-${code(stream)}`,
			tier,
			segment,
			age: segment === 'elderly' ? stream.int(OLD, OLDEST) : stream.int(GROWN_UP, OLD - 1),
			region: awayFromHome ? elsewhere.province : branch.province,
			deviceId,
			sharedDevice,
			unusualDevice: stream.next() < mix.unusualDevice || fraudster,
			contactChanged: stream.next() < mix.contactChanged,
			awayFromHome,
			immobile: stream.next() < mix.immobile,
			fraudster,
			blacklisted: stream.next() < (fraudster ? risk.blacklist.fraudsters : risk.blacklist.honest),
			account: drawAccount(stream, tier),
			card: {
				token: `tok-${code(stream)}`,
				bin: '622848',
				last4: String(stream.int(0, 9_999)).padStart(4, '0'),
				product: stock.products[tier === 'standard' ? 0 : stock.products.length - 1] as string
			},
			medium: (media.get(segment) as Categorical<Medium>).draw(stream)
		};
	};
}

function segmentOf(tier: Tier, luck: number, elderly: number, fresh: number): Segment {
	if (tier === 'vip' || tier === 'corporate') return tier;
	if (luck < elderly) return 'elderly';
	return luck > 1 - fresh ? 'new' : 'standard';
}

const PAIRS: readonly string[] = Array.from({ length: 36 ** 2 }, (_, n) => n.toString(36).padStart(2, '0'));
const BASE = PAIRS.length;

/** Ten letters and digits that can never look like a card number. From a table: digits of base 36 are slow to make. */
function code(stream: Stream): string {
	const high = Math.floor(stream.next() * BASE ** 2);
	const low = Math.floor(stream.next() * BASE ** 3);
	// Added, not filled into a template, which would ask of each part whether it is a text.
	return 'x' + pair(high / BASE) + pair(high) + pair(low / BASE / BASE) + pair(low / BASE) + pair(low);
}

const pair = (digits: number): string => PAIRS[Math.floor(digits) % BASE] as string;
