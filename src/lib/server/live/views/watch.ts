import type { ClockRule } from '../../../domain/sla/policy.ts';
import type { Stage } from '../../../domain/stage.ts';
import type { ViewContext } from './context.ts';
import type { OpenSummary } from './open-summary.ts';
import type { RangeFacts } from './range-facts.ts';

/** The clock to hold a stage against: the one that most of its cases run under. */
export function watchOf(context: ViewContext, stage: Stage, summary: OpenSummary, facts: RangeFacts): ClockRule | null {
	let most = -1;
	let watch: ClockRule | null = null;
	for (const rule of context.targets.stage(stage)) {
		const runs = (facts.clocks.get(rule.id)?.n ?? 0) + (summary.clocks.get(rule.id)?.running ?? 0);
		if (runs <= most) continue;
		most = runs;
		watch = rule;
	}
	return watch;
}
