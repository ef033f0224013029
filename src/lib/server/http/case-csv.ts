import type { Actor } from '../../domain/actor.ts';
import type { CaseRow, CasesParams } from '../../protocol/views.ts';
import type { Views } from '../application.ts';

const PAGE = 500;

type Cell = string | number | null;

const COLUMNS: Record<string, (row: CaseRow, lane: string) => Cell> = {
	lane: (_, lane) => lane,
	case_id: (row) => row.caseId,
	status: (row) => row.status,
	stage: (row) => row.stage,
	activity: (row) => row.activity,
	channel: (row) => row.channel,
	branch_id: (row) => row.branchId,
	branch: (row) => row.branch,
	tier: (row) => row.tier,
	opened_at: (row) => time(row.openedAt),
	stage_since: (row) => time(row.stageSince),
	clock: (row) => row.clock,
	due: (row) => time(row.due),
	violations: (row) => row.violations,
	events: (row) => row.events
};

/** The list as CSV text (RFC 4180), a page at a time. Unknown is empty; staff numbers are left out. */
export async function* caseLines(views: Views, query: CasesParams, actor: Actor): AsyncGenerator<string, void> {
	// Spreadsheets tell UTF-8 by its mark.
	yield `\uFEFF${Object.keys(COLUMNS).join(',')}\r\n`;
	for (let offset = 0; ; offset += PAGE) {
		const { view } = await views.read('cases', { ...query, offset, limit: PAGE }, actor);
		if (view.rows.length === 0) return;
		const columns = Object.values(COLUMNS);
		yield view.rows.map((row) => `${columns.map((column) => cell(column(row, query.lane))).join(',')}\r\n`).join('');
		if (offset + view.rows.length >= view.total) return;
	}
}

function time(at: number | null): string | null {
	return at === null ? null : new Date(at).toISOString();
}

/** A text that a spreadsheet would take for a formula gets a quote in front. */
function cell(value: Cell): string {
	if (value === null) return '';
	const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
