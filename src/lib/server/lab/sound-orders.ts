import { createNetwork } from '../../../../simulator/bank/network.ts';
import type { Profile } from '../../../../simulator/bank/profile.ts';
import type { Order } from '../../../../simulator/faults/orders.ts';
import { HotcardError } from '../../domain/error.ts';
import { refusalOf } from './faults.ts';
import type { LaneRun } from './lane-file.ts';

/**
 * A remembered run without the faults that would be refused today, such as one of an older program whose bounds were wider: done again
 * they might end the server at each of its starts. What is left out is told; where the log has what came of it, the bank made
 * again tells something else, and another takes over.
 */
export function soundRun(run: LaneRun, profile: Profile, tell: (skipped: Error) => void): LaneRun {
	const { orders = [] } = run;
	if (orders.length === 0) return run;
	const branches = createNetwork(run.seed, run.branches, profile);
	const kept: Order[] = [];
	const gone = new Set<string>();
	for (const order of orders) {
		if ('end' in order) {
			if (!gone.has(order.end)) kept.push(order);
			continue;
		}
		const refusal = refusalOf(order.inject, { profile, branches, at: order.at, orders: kept });
		if (refusal === undefined) kept.push(order);
		else {
			gone.add(order.inject.name);
			tell(skipped(order.inject.name, refusal));
		}
	}
	return gone.size === 0 ? run : { ...run, orders: kept };
}

function skipped(name: string, refusal: string): HotcardError {
	return new HotcardError('order-skipped', `the fault ${name} of the lane's file is not put up again: ${refusal}`, {
		zh: { message: `泳道文件中的故障 ${name} 不再注入：${refusal}` }
	});
}
