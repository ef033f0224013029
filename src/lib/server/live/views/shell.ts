import { isSynthetic } from '../../../domain/lane.ts';
import type { ShellView } from '../../../protocol/views.ts';
import type { ViewContext } from './context.ts';
import { summarise } from './open-summary.ts';

/** What stands around every page of a lane. */
export function shellView(context: ViewContext): ShellView {
	const { lane, fold, surroundings } = context;
	const { open, breached, atRisk } = summarise(fold, context.now);
	return {
		lane,
		lanes: context.lanes,
		laneNow: context.now,
		serverNow: context.wall,
		speed: context.clock.speed,
		synthetic: isSynthetic(lane),
		offset: fold.state.next,
		open,
		breached,
		atRisk,
		quarantined: surroundings.quarantined[lane] ?? 0,
		branches: fold.state.branches.size,
		newest: fold.state.newest === null ? null : Math.max(0, context.now - fold.state.newest),
		selfCheck: context.selfCheck,
		recording: surroundings.recording
	};
}
