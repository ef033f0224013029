import type { Millis } from '../time.ts';
import type { ClockRun } from './clock-run.ts';
import type { ClockRule } from './policy.ts';

/** How a run stands at a moment; an ended run answers its end. */
export type Attention = 'running' | 'at_risk' | 'breached' | 'paused' | 'met' | 'cancelled';

/** `budget` ms of the clock's own time after `at`; a budget already spent is due at once. */
function after(rule: ClockRule, at: Millis, budget: Millis): Millis {
	if (budget <= 0) return at;
	return rule.calendar === null ? at + budget : rule.calendar.add(at, budget);
}

/** The moment after `first` from which `spent` ms of the clock's own time lead to `at`; there must be as many between the two. */
function before(rule: ClockRule, first: Millis, at: Millis, spent: Millis): Millis {
	if (rule.calendar === null) return at - spent;
	let low = first;
	let high = at;
	while (high - low > 1) {
		const middle = Math.floor((low + high) / 2);
		if (rule.calendar.between(middle, at) >= spent) low = middle;
		else high = middle;
	}
	return low;
}

/** Time on the clock itself in [from, to); negative where `to` is earlier. */
function elapsed(rule: ClockRule, from: Millis, to: Millis): Millis {
	if (rule.calendar === null) return to - from;
	return to >= from ? rule.calendar.between(from, to) : -rule.calendar.between(to, from);
}

/** A run that starts at `at` with the whole target before it. */
export function startRun(rule: ClockRule, at: Millis): ClockRun {
	const dueAt = after(rule, at, rule.target);
	return {
		clock: rule.id,
		startedAt: at,
		dueAt,
		atRiskAt: after(rule, at, rule.target * rule.atRisk),
		pausedLeft: null,
		endedAt: null,
		status: 'running',
		spent: null,
		provisional: rule.calendar !== null && rule.calendar.provisional(at, dueAt)
	};
}

/** Budget left at `at`; negative = over. */
function left(rule: ClockRule, run: ClockRun, at: Millis): Millis {
	return run.dueAt === null ? (run.pausedLeft ?? 0) : elapsed(rule, at, run.dueAt);
}

/** The budget stands still from `at` on. Only a running run can pause. */
export function pauseRun(rule: ClockRule, run: ClockRun, at: Millis): ClockRun {
	if (run.status !== 'running') return run;
	const from = Math.max(at, run.startedAt);
	return { ...run, dueAt: null, atRiskAt: null, pausedLeft: left(rule, run, from), status: 'paused' };
}

/** The rest of the budget runs again. */
export function resumeRun(rule: ClockRule, run: ClockRun, at: Millis): ClockRun {
	if (run.status !== 'paused') return run;
	const from = Math.max(at, run.startedAt);
	const budget = run.pausedLeft ?? 0;
	// A budget that was overdrawn before the pause stays overdrawn by as much.
	const dueAt = budget >= 0 ? after(rule, from, budget) : before(rule, run.startedAt, from, -budget);
	return {
		...run,
		dueAt,
		atRiskAt: after(rule, from, budget - rule.target * (1 - rule.atRisk)),
		pausedLeft: null,
		status: 'running',
		provisional: run.provisional || (rule.calendar !== null && rule.calendar.provisional(from, Math.max(from, dueAt)))
	};
}

function close(rule: ClockRule, run: ClockRun, at: Millis, inTime: 'met' | 'cancelled'): ClockRun {
	if (run.endedAt !== null) return run;
	const endedAt = Math.max(at, run.startedAt);
	const over = run.dueAt === null ? (run.pausedLeft ?? 0) < 0 : endedAt > run.dueAt;
	return {
		...run,
		endedAt,
		status: over ? 'breached' : inTime,
		spent: Math.max(0, rule.target - left(rule, run, endedAt))
	};
}

/** What the clock waited for has happened: met up to and including the due moment, breached after it. */
export function endRun(rule: ClockRule, run: ClockRun, at: Millis): ClockRun {
	return close(rule, run, at, 'met');
}

/** The run that follows an ended one on a clock that repeats. A clock that was paused stays paused. */
export function nextRun(rule: ClockRule, ended: ClockRun, at: Millis): ClockRun {
	const run = { ...startRun(rule, at), round: (ended.round ?? 1) + 1 };
	return ended.dueAt === null ? pauseRun(rule, run, at) : run;
}

/** What the clock waits for will not happen. A run that was already over its due stays a breach: cancelling hides nothing. */
export function cancelRun(rule: ClockRule, run: ClockRun, at: Millis): ClockRun {
	return close(rule, run, at, 'cancelled');
}

/** Whether a run has gone over its due by `now`. */
export function overdue(run: ClockRun, now: Millis): boolean {
	if (run.status === 'breached') return true;
	return run.status === 'running' && run.dueAt !== null && now > run.dueAt;
}

/** How a run stands at `now`. */
export function attention(run: ClockRun, now: Millis): Attention {
	if (run.status !== 'running') return run.status;
	if (run.dueAt !== null && now > run.dueAt) return 'breached';
	return run.atRiskAt !== null && now >= run.atRiskAt ? 'at_risk' : 'running';
}
