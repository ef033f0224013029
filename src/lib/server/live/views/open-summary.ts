import type { Millis } from '../../../domain/time.ts';
import type { LaneFold } from '../lane-fold.ts';
import { OpenCounts } from '../open/counts.ts';

/** The open cases of a lane, counted. It goes on to change with the lane: to be read at once, not kept. */
export type OpenSummary = Readonly<OpenCounts>;

/** Counts the open cases of a lane: all of them from what is carried along, those of one branch in a pass over all. */
export function summarise(fold: LaneFold, now: Millis, branch?: string): OpenSummary {
	const { cases } = fold.at(now);
	if (branch === undefined) return cases.counts;
	const counts = new OpenCounts();
	cases.order.each((card) => {
		if (card.state.branchId === branch) counts.add(card);
	});
	return counts;
}
