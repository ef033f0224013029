import type { Sheet } from '#lib/components/sheet.ts';
import { statusName } from '#lib/i18n/names.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { say } from '#lib/i18n/say.ts';
import type { CaseView, ClockRunView } from '#lib/protocol/views.ts';

type Standing = ClockRunView['status'];

/** How a run stands at `now`: it runs on while nothing has ended it. */
export const standing = (clock: ClockRunView, now: number): Standing =>
	clock.ended === null && clock.status !== 'paused' && clock.due !== null && now > clock.due
		? 'breached'
		: clock.status;

export const targetOf = (clock: ClockRunView): string => say.target(clock.target, clock.workingDay);

/** What an ended run took on its own clock: nights and pauses that do not count are not told. */
function spent({ spent, target, workingDay, kind }: ClockRunView): string {
	const text = kind === 'working' ? say.target(spent, workingDay) : say.span(spent);
	return say.above(text, say.target(target, workingDay), spent !== null && spent > target);
}

/** What a run took, or what is left of it. */
export function timeOf(clock: ClockRunView, now: number): string {
	if (clock.status === 'cancelled') return '—';
	if (clock.ended !== null) return m.case_took({ span: spent(clock) });
	if (clock.due === null) return '—';
	return now > clock.due
		? m.case_late({ span: say.span(now - clock.due) })
		: m.case_left({ span: say.span(clock.due - now) });
}

const WORDS: Record<Standing, string> = {
	breached: 'broken',
	at_risk: 'soon',
	running: 'fine',
	met: 'fine',
	cancelled: 'closed',
	paused: 'paused'
};

export const inOrder = (clocks: CaseView['clocks']): ClockRunView[] =>
	Object.values(clocks).sort((a, b) => a.started - b.started || (a.clock < b.clock ? -1 : 1));

/** The clocks as a table: what the picture tells by places and hover alone. */
export function clockSheet(clocks: readonly ClockRunView[], now: number): Sheet {
	const at = (value: number | null) => (value === null ? '—' : say.dateTime(value, true));
	const columns = [
		{ id: 'clock', name: m.cases_clock() },
		{ id: 'status', name: m.column_status() },
		{ id: 'target', name: m.column_target() },
		{ id: 'started', name: m.case_clock_started() },
		{ id: 'due', name: m.case_clock_due() },
		{ id: 'ended', name: m.case_clock_ended() },
		{ id: 'time', name: m.case_clock_time() }
	];
	const rows = clocks.map((clock) => [
		say.text(clock.name),
		statusName(WORDS[standing(clock, now)]),
		targetOf(clock) + (clock.provisional ? ` (${m.case_provisional()})` : ''),
		at(clock.started),
		at(clock.due),
		at(clock.ended),
		timeOf(clock, now)
	]);
	return { title: m.clocks_title(), columns, rows };
}
