import type { CaseState } from '#lib/domain/case/state.ts';
import type { ClockRule, Policy } from '#lib/domain/sla/policy.ts';
import type { Stage } from '#lib/domain/stage.ts';
import type { Millis } from '#lib/domain/time.ts';

type Facts = Pick<CaseState, 'tier' | 'channel' | 'branchId' | 'product' | 'way'>;

function inScope(rule: ClockRule, facts: Facts): boolean {
	const { tier, channel, branch, product, way } = rule.scope;
	const fits = (allowed: readonly string[] | undefined, value: string | null) =>
		allowed === undefined || (value !== null && allowed.includes(value));
	return (
		fits(tier, facts.tier) &&
		fits(channel, facts.channel) &&
		fits(branch, facts.branchId) &&
		fits(product, facts.product) &&
		fits(way, facts.way)
	);
}

/** What the rows need of a policy: the target of each clock, and whether a stage took longer than its clock allows. */
export class Targets {
	readonly #byClock = new Map<string, Millis>();
	readonly #byStage = new Map<Stage, ClockRule[]>();

	constructor(policy: Policy) {
		for (const rule of policy.clocks) {
			this.#byClock.set(rule.id, rule.target);
			if (rule.stage === null) continue;
			const rules = this.#byStage.get(rule.stage) ?? [];
			rules.push(rule);
			// The rule that names more of the case comes first; ties keep the policy's order.
			rules.sort((a, b) => Object.keys(b.scope).length - Object.keys(a.scope).length);
			this.#byStage.set(rule.stage, rules);
		}
	}

	/** Target of a clock in ms, null where the policy does not know it. */
	ofClock(clock: string): Millis | null {
		return this.#byClock.get(clock) ?? null;
	}

	/** Whether the stage took longer than the clock that watches it allows, on that clock's own time; null where none does. */
	overtime(stage: Stage, facts: Facts, startedAt: Millis, endedAt: Millis): boolean | null {
		const rule = this.#byStage.get(stage)?.find((candidate) => inScope(candidate, facts));
		if (rule === undefined) return null;
		const spent = rule.calendar === null ? endedAt - startedAt : rule.calendar.between(startedAt, endedAt);
		return spent > rule.target;
	}
}
