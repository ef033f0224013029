import { Targets as RowTargets } from '../../../../analytics/project/targets.ts';
import type { ClockRule, Policy } from '../../domain/sla/policy.ts';
import type { Stage } from '../../domain/stage.ts';

/** What live state asks of a policy again and again, worked out once. */
export interface Targets {
	readonly policy: Policy;
	readonly rules: ReadonlyMap<string, ClockRule>;
	/** The clock from the freeze request to its completion. */
	readonly freeze: ClockRule | undefined;
	/** The very measure that the projection's rows use, so that both count overtime alike. */
	readonly rows: RowTargets;
	/** The rules that watch a stage, the least narrow first. */
	stage(stage: Stage): readonly ClockRule[];
}

const narrowness = (rule: ClockRule): number => Object.keys(rule.scope).length;

export function targetsOf(policy: Policy): Targets {
	const byStage = new Map<Stage, ClockRule[]>();
	for (const rule of policy.clocks) {
		if (rule.stage !== null) byStage.set(rule.stage, [...(byStage.get(rule.stage) ?? []), rule]);
	}
	for (const rules of byStage.values()) rules.sort((a, b) => narrowness(a) - narrowness(b));
	return {
		policy,
		rules: new Map(policy.clocks.map((rule) => [rule.id, rule])),
		freeze: policy.clocks.find((rule) => rule.end.some((match) => match.type === 'case.freeze_completed')),
		rows: new RowTargets(policy),
		stage: (stage) => byStage.get(stage) ?? []
	};
}
