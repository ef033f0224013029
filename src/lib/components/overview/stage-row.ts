import { STAGES, type Stage } from '#lib/domain/stage.ts';
import { say } from '#lib/i18n/say.ts';
import type { ClockAttainment, StageFlow } from '#lib/protocol/views.ts';

/** Stages as work flows through them: steps of a process of its own lie before the end, too. */
export const FLOW: readonly Stage[] = [...STAGES.filter((stage) => stage !== 'closed'), 'closed'];

export interface StageRow extends Omit<StageFlow, 'clock'> {
	/** The clock that watches the stage, null where none does. */
	clock: ClockAttainment | null;
	/** Time to hold against the target, ms: what the clock counted, or the dwell where no clock watches. Null = nothing ended yet. */
	p90: number | null;
	/** Observations behind it. */
	n: number;
	targetText: string | null;
	over: boolean;
}

/** A stage against the clock that watches it. Only time that the clock itself counted can be over its target. */
export function stageRow(flow: StageFlow, clocks: Readonly<Record<string, ClockAttainment>>): StageRow {
	const clock = (flow.clock === null ? undefined : clocks[flow.clock]) ?? null;
	const measured = clock === null ? flow.dwell : clock.spent;
	const p90 = measured?.p90 ?? null;
	return {
		...flow,
		clock,
		p90,
		n: measured?.n ?? 0,
		target: clock?.target ?? null,
		targetText: clock === null ? null : say.target(clock.target, clock.workingDay),
		over: clock !== null && p90 !== null && p90 > clock.target
	};
}
