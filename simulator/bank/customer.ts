import type { SEGMENTS, TIERS } from '../../src/lib/domain/events/vocabulary.ts';
import { type Categorical, categorical } from '../random/discrete.ts';
import type { Stream } from '../random/stream.ts';
import type { Branch } from './network.ts';
import type { World } from './world.ts';

export type Tier = (typeof TIERS)[number];
export type Segment = (typeof SEGMENTS)[number];

/** Who lost a card: tokens only, no names. */
export interface Customer {
	readonly ref: string;
	readonly tier: Tier;
	readonly segment: Segment;
	readonly deviceId: string;
	readonly sharedDevice: boolean;
	readonly awayFromHome: boolean;
	readonly fraudster: boolean;
	readonly card: { token: string; bin: string; last4: string; product: string };
}

/** Draws customers after the profile's mix. */
export function customers(world: World): (entity: string, branch: Branch) => Customer {
	const { customers: mix, risk, stock } = world.profile;
	const tiers: Categorical<Tier> = categorical<Tier>(mix.tiers as Record<Tier, number>);
	return (entity, branch) => {
		const stream = world.stream(entity, 'customer');
		const tier = tiers.draw(stream);
		const age = stream.next();
		const sharedDevice = stream.next() < mix.sharedDevice;
		// A shared device belongs to a household or a gang near the branch: a few of them per branch.
		const deviceId = sharedDevice ? `dev-${branch.id}-${stream.int(1, 3)}` : `dev-${code(stream, 9)}`;
		return {
			ref: `cust-${code(stream, 9)}`,
			tier,
			segment: segmentOf(tier, age, mix.elderly, mix.new),
			deviceId,
			sharedDevice,
			awayFromHome: stream.next() < mix.awayFromHome,
			fraudster: stream.next() < risk.fraud * (sharedDevice ? 20 : 1),
			card: {
				token: `tok-${code(stream, 10)}`,
				bin: '622848',
				last4: String(stream.int(0, 9_999)).padStart(4, '0'),
				product: stock.products[tier === 'standard' ? 0 : stock.products.length - 1] as string
			}
		};
	};
}

function segmentOf(tier: Tier, age: number, elderly: number, fresh: number): Segment {
	if (tier === 'vip' || tier === 'corporate') return tier;
	if (age < elderly) return 'elderly';
	return age > 1 - fresh ? 'new' : 'standard';
}

/** Letters and digits that can never look like a card number. */
function code(stream: Stream, length: number): string {
	const first = Math.floor(stream.wide() * 36 ** length);
	return `x${first.toString(36).padStart(length, '0')}`;
}
