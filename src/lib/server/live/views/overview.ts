import { STAGES, type Stage } from '../../../domain/stage.ts';
import type { Params } from '../../../protocol/topics.ts';
import type { ClockAttainment, OverviewView, StageFlow } from '../../../protocol/views.ts';
import { actNow } from './act-now.ts';
import { channelsView } from './channels.ts';
import { branchName, type ViewContext } from './context.ts';
import { type OpenSummary, summarise } from './open-summary.ts';
import { sitesView, stockView } from './places.ts';
import { factsOf, type RangeFacts, rangeOf } from './range-facts.ts';
import { shareOf } from './shares.ts';
import { watchOf } from './watch.ts';

function stageFlow(context: ViewContext, stage: Stage, summary: OpenSummary, facts: RangeFacts): StageFlow {
	const { open = 0, atRisk = 0, breached = 0 } = summary.stages.get(stage) ?? {};
	const found = facts.stages.get(stage);
	const watch = watchOf(context, stage, summary, facts);
	return {
		stage,
		entered: found?.entered ?? 0,
		open,
		atRisk,
		breached,
		dwell: found?.dwell ?? null,
		clock: watch?.id ?? null,
		target: watch?.target ?? null,
		trend: found?.trend ?? []
	};
}

function stagesView(context: ViewContext, summary: OpenSummary, facts: RangeFacts): Record<string, StageFlow> {
	const generic = summary.stages.has('generic') || facts.stages.has('generic');
	const cards = STAGES.some((stage) => stage !== 'generic' && stage !== 'closed' && facts.stages.has(stage));
	const shown = STAGES.filter((stage) => (stage === 'generic' ? generic : cards || !generic || stage === 'closed'));
	return Object.fromEntries(shown.map((stage) => [stage, stageFlow(context, stage, summary, facts)]));
}

function clocksView(context: ViewContext, summary: OpenSummary, facts: RangeFacts): Record<string, ClockAttainment> {
	const view: Record<string, ClockAttainment> = {};
	for (const rule of context.targets.policy.clocks) {
		const found = facts.clocks.get(rule.id);
		const { running = 0, atRisk = 0, breached = 0 } = summary.clocks.get(rule.id) ?? {};
		view[rule.id] = {
			clock: rule.id,
			name: { ...rule.name },
			target: rule.target,
			kind: rule.kind,
			workingDay: rule.calendar?.dayMs ?? null,
			objective: rule.objective,
			share: found ? shareOf(found.met, found.n) : null,
			running,
			atRisk,
			breached,
			spent: found?.spent ?? null,
			trend: found?.trend ?? []
		};
	}
	return view;
}

/** The Overview: what happened in the range, and what stands now. */
export async function overviewView(context: ViewContext, params: Params<'overview'>): Promise<OverviewView> {
	const range = rangeOf(context.now, params.from, params.to);
	const found = factsOf(context, range, params.branch);
	const facts = found instanceof Promise ? await found : found;
	const summary = summarise(context.fold, context.now, params.branch);
	const stock = stockView(context);
	let met = 0;
	let n = 0;
	for (const clock of facts.clocks.values()) {
		met += clock.met;
		n += clock.n;
	}
	return {
		range,
		branch: branchName(context, params.branch ?? null),
		attainment: shareOf(met, n),
		breached: summary.breached,
		breachedHourAgo: params.branch === undefined ? context.fold.at(context.now).breachedHourAgo() : null,
		soon: summary.atRisk,
		open: summary.open,
		opened: facts.opened,
		closed: facts.closed,
		freeze: facts.clocks.get(context.targets.freeze?.id ?? '')?.spent ?? null,
		freezeTarget: context.targets.freeze?.target ?? null,
		stages: stagesView(context, summary, facts),
		clocks: clocksView(context, summary, facts),
		act: actNow(context, summary, facts, stock),
		channels: channelsView(context.fold.state, context.now),
		sites: sitesView(context.fold.state, context.now),
		stock
	};
}
