import { PAYMENT_CHANNELS } from '../../src/lib/domain/events/vocabulary.ts';
import type { SimEvent } from '../kernel/event.ts';
import { poisson } from '../random/discrete.ts';
import type { World } from './world.ts';

/** Time and again the payment channels' copies are compared with the core, and every difference is repaired. */
export function* reconciliation(world: World): Generator<SimEvent, void, unknown> {
	const { env, bankBranches, region, profile } = world;
	const { every, cardsPerBranch, differences: mean } = profile.sites.reconciliation;
	const stream = world.stream('reconciliation', 'differences');
	for (;;) {
		yield env.timeout(every);
		for (const channel of PAYMENT_CHANNELS) {
			const differences = poisson(stream, mean);
			const compared = bankBranches * cardsPerBranch;
			if (region === '') world.emit('consistency.checked', { channel, compared, differences, repaired: differences });
		}
	}
}
