import { nameOf, type EventName } from '../events/catalogue.ts';
import type { Happening, RecordedEvent } from '../events/event.ts';
import { cancelRun, endRun, nextRun, pauseRun, resumeRun, startRun } from '../sla/advance.ts';
import type { ClockRun } from '../sla/clock-run.ts';
import { earlyAfter, rememberEarly } from '../sla/early.ts';
import { fits, planOf, type Action, type Plan, type Verb } from '../sla/plan.ts';
import type { ClockRule, Policy } from '../sla/policy.ts';
import type { Stage } from '../stage.ts';
import type { Millis } from '../time.ts';
import { evolveAt, occurredAt } from './evolve.ts';
import type { Applied, CaseState } from './state.ts';

const NOTHING: readonly ClockRun[] = [];

type Data = Readonly<Record<string, unknown>>;

function within(values: readonly string[] | undefined, value: string | null): boolean {
	return values === undefined || (value !== null && values.includes(value));
}

function inScope(rule: ClockRule, state: CaseState): boolean {
	const { tier, channel, branch, product, way } = rule.scope;
	return (
		within(tier, state.tier) &&
		within(channel, state.channel) &&
		within(branch, state.branchId) &&
		within(product, state.product) &&
		within(way, state.way)
	);
}

function indexOf(clocks: readonly ClockRun[], id: string): number {
	for (let i = 0; i < clocks.length; i++) if (clocks[i]!.clock === id) return i;
	return -1;
}

function advance(rule: ClockRule, verb: Verb, run: ClockRun, at: Millis): ClockRun {
	switch (verb) {
		case 'pause':
			return pauseRun(rule, run, at);
		case 'resume':
			return resumeRun(rule, run, at);
		case 'end':
			return endRun(rule, run, at);
		case 'cancel':
			return cancelRun(rule, run, at);
		default:
			return run;
	}
}

/** The clocks of one case while one event is worked in; copied only when something changes. */
interface Work {
	readonly policy: Policy;
	readonly state: CaseState;
	readonly at: Millis;
	clocks: readonly ClockRun[];
	own: ClockRun[] | null;
	ownEarly: number[] | null;
	changed: ClockRun[] | null;
}

/** Sets a run; `former` is the one it continues, so that what one event does to one run counts as one change. */
function put(work: Work, index: number, run: ClockRun, former?: ClockRun): void {
	work.own ??= work.clocks.slice();
	work.clocks = work.own;
	work.own[index] = run;
	work.changed ??= [];
	const known = former === undefined ? -1 : work.changed.indexOf(former);
	if (known < 0) work.changed.push(run);
	else work.changed[known] = run;
}

/** A run with what is known of it already: its start may be told after the pause or the end that came behind it. */
function begin(work: Work, plan: Plan, no: number): void {
	const { at, state } = work;
	const early = work.ownEarly ?? state.early;
	const rule = work.policy.clocks[no]!;
	const index = work.clocks.length;
	const end = earlyAfter(early, no, 'end', at);
	const cancel = earlyAfter(early, no, 'cancel', at);
	const cancelledAt = cancel?.first ?? Infinity;
	const endedAt = end?.first ?? Infinity;
	let run = startRun(rule, at);
	if (state.pausedAt !== null && plan.standing[no] === true && state.pausedAt < Math.min(endedAt, cancelledAt))
		run = pauseRun(rule, run, state.pausedAt);
	if (end === null || cancelledAt < endedAt)
		return put(work, index, cancel === null ? run : cancelRun(rule, run, cancelledAt));
	const ended = endRun(rule, run, endedAt);
	put(work, index, ended);
	if (rule.repeats !== true || state.status === 'closed') return;
	// Of the messages between the first and the last nothing is known: none of them counts as late.
	const next = nextRun(rule, ended, Math.min(end.last, cancelledAt));
	put(work, index, cancel === null ? next : cancelRun(rule, next, cancelledAt));
}

function act(
	work: Work,
	plan: Plan,
	actions: readonly Action[] | undefined,
	data: Data,
	entered: Stage | null,
	open: boolean
): void {
	if (actions === undefined) return;
	for (const action of actions) {
		const { rule: no, verb, match } = action;
		const rule = work.policy.clocks[no]!;
		const index = indexOf(work.clocks, rule.id);
		if (verb === 'start') {
			if (index >= 0 || !open || !fits(match, data, entered) || !inScope(rule, work.state)) continue;
			begin(work, plan, no);
		} else if (index < 0) {
			if (work.state.status === 'closed' || (verb !== 'end' && verb !== 'cancel') || !fits(match, data, entered))
				continue;
			work.ownEarly = rememberEarly(work.state.early, work.ownEarly, action, work.at);
		} else {
			const run = work.clocks[index]!;
			if (run.endedAt !== null || !fits(match, data, entered)) continue;
			// A late message belongs to a run before this one, and one message ends one run, however many matches it fits.
			if (verb === 'end' && run.round !== undefined && work.at <= run.startedAt) continue;
			const next = advance(rule, verb, run, work.at);
			if (next !== run) put(work, index, next, run);
			if (verb === 'end' && rule.repeats === true && work.state.status !== 'closed')
				put(work, index, nextRun(rule, next, next.endedAt ?? work.at));
		}
	}
}

/** The close of a case ends what still runs: a breach where the due had passed, else cancelled, for nothing will end it any more. */
function stopAll(work: Work): void {
	for (let i = 0; i < work.clocks.length; i++) {
		const run = work.clocks[i]!;
		if (run.endedAt !== null) continue;
		const rule = work.policy.clocks.find(({ id }) => id === run.clock);
		if (rule) put(work, i, cancelRun(rule, run, work.at), run);
	}
}

function endsCase(plan: Plan, name: EventName | undefined, data: Data): boolean {
	if (plan.closing.size === 0 && plan.closingStages.size === 0) return false;
	if (
		name !== undefined &&
		plan.closing.get(name)?.some((match) => fits(match, data, (data['stage'] as Stage | undefined) ?? null))
	)
		return true;
	return name === 'process.step' && plan.closingStages.has(data['stage'] as Stage);
}

/**
 * The case after one more event, with its clocks. Starts take the event's own time, so that a late message of a freeze
 * that was in time does not count as a breach; a run never ends before it started. Throws only where the policy's
 * calendar refuses a year it does not know (`calendar-year-missing`). `at` is for those who have read the event's time already.
 */
export function applyToCase(
	before: CaseState | undefined,
	recorded: RecordedEvent,
	policy: Policy,
	at: Millis = occurredAt(recorded)
): Applied {
	const plan = policy.plan ?? planOf(policy);
	const event: Happening = recorded.event;
	const data = event.data as Data;
	const name = nameOf(event.type);
	const { state, violation } = evolveAt(before, event, name, at, endsCase(plan, name, data));
	const entered = before === undefined || before.stage !== state.stage ? state.stage : null;
	// What comes after the close starts no clock; a repeated report touches none at all.
	const open = before === undefined || before.status !== 'closed';
	const byName = name === undefined || violation?.code === 'repeated' ? undefined : plan.byName.get(name);
	const byStage = entered === null ? undefined : plan.byStage.get(entered);
	const closing = open && state.status === 'closed';
	let changed = NOTHING;
	if (byName !== undefined || byStage !== undefined || closing) {
		const work: Work = { policy, state, at, clocks: state.clocks, own: null, ownEarly: null, changed: null };
		act(work, plan, byName, data, entered, open);
		act(work, plan, byStage, data, entered, open);
		if (closing) stopAll(work);
		else if (work.ownEarly !== null) state.early = work.ownEarly;
		if (work.changed !== null) {
			state.clocks = work.clocks;
			changed = work.changed;
		}
	}
	const left = before !== undefined && entered !== null;
	return {
		state,
		fromStage: before === undefined ? null : before.stage,
		dwell: left ? state.lastAt - before.stageSince : null,
		violation,
		changed
	};
}
