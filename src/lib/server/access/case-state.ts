import type { Actor } from '../../domain/actor.ts';
import { applyToCase } from '../../domain/case/apply.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { Lane } from '../../domain/lane.ts';
import type { Policy } from '../../domain/sla/policy.ts';
import type { EngineHost } from '../live/host.ts';
import type { EventLog } from '../log/port.ts';

/** A case as the log has it now, replayed through the rules: what a command is decided on. */
export async function caseState(
	{ engine, log, policy, reader }: { engine: Pick<EngineHost, 'view'>; log: EventLog; policy: Policy; reader: Actor },
	lane: Lane,
	caseId: string
): Promise<CaseState | undefined> {
	const { view } = await engine.view('case', { lane, caseId }, reader);
	const offsets = (view?.timeline ?? []).map((entry) => entry.offset).sort((a, b) => a - b);
	let state: CaseState | undefined;
	for (const offset of offsets) {
		const found = await log.at(offset);
		if (found !== undefined) state = applyToCase(state, { offset, ...found }, policy).state;
	}
	return state;
}
