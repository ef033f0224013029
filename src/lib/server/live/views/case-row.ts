import type { CaseState } from '../../../domain/case/state.ts';
import type { CaseRow } from '../../../protocol/views.ts';
import { pressing, type Pressing } from '../attention.ts';
import { branchName, type ViewContext } from './context.ts';

/** One line of the case list. */
export function caseRow(
	context: ViewContext,
	state: CaseState,
	found: Pressing = pressing(state, context.now)
): CaseRow {
	const name = found.run ? context.targets.rules.get(found.run.clock)?.name : undefined;
	return {
		caseId: state.caseId,
		stage: state.stage,
		activity: state.activity,
		channel: state.channel,
		branchId: state.branchId,
		branch: branchName(context, state.branchId),
		tier: state.tier,
		openedAt: state.openedAt,
		stageSince: state.stageSince,
		clock: found.run?.clock ?? null,
		...(name ? { clockName: { ...name } } : {}),
		due: found.run?.dueAt ?? null,
		status: state.status === 'closed' ? 'closed' : found.pressure,
		// Whoever works with cases has to know their own, and whom to ask about another.
		owner: state.owner,
		violations: state.violations,
		events: state.events
	};
}

/** Staff numbers and tokens keep their last three letters. */
export const maskPerson = (text: string): string => (text.length <= 3 ? '***' : `***${text.slice(-3)}`);
