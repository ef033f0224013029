import type { Actor } from '#lib/domain/actor.ts';
import { branchName } from '#lib/i18n/names.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { LogRow, QuarantineRow, TimelineEntry } from '#lib/protocol/views.ts';
import { personName } from '../people.ts';
import type { Sheet } from '../sheet.ts';
import { eventName, factTexts, refusedName, said, violationText } from './words.ts';

const moment = (at: number) => new Date(at).toISOString();
const columns = (...named: [id: string, name: string][]) => named.map(([id, name]) => ({ id, name }));

/** The events of a case, with what they tell in words. */
export function eventSheet(timeline: readonly TimelineEntry[], people: readonly Actor[]): Sheet {
	const heads = columns(
		['offset', m.case_column_offset()],
		['occurred_at', m.case_column_at()],
		['recorded_at', m.case_column_recorded()],
		['type', 'type'],
		['event', m.case_column_what()],
		['by', m.case_column_who()],
		['facts', m.case_column_facts()],
		['violation', m.case_violations()]
	);
	const rows = timeline.map((entry) => [
		entry.offset,
		moment(entry.at),
		moment(entry.recordedAt),
		entry.name,
		eventName(entry.activity),
		personName(people, entry.actor),
		factTexts(entry.facts)
			.map(({ label, value }) => `${label}: ${value}`)
			.join('; '),
		entry.violation === null ? null : violationText(entry.violation, entry.name)
	]);
	return { title: m.case_list(), columns: heads, rows };
}

/** A page of the log. */
export function logSheet(log: readonly LogRow[]): Sheet {
	const heads = columns(
		['offset', m.case_column_offset()],
		['occurred_at', m.case_column_at()],
		['recorded_at', m.case_column_recorded()],
		['type', 'type'],
		['event', m.case_column_what()],
		['case_id', m.cases_column_case()],
		['branch_id', m.column_branch_id()],
		['branch', m.branch()],
		['violation', m.case_violations()]
	);
	const rows = log.map((row) => [
		row.offset,
		moment(row.at),
		moment(row.recordedAt),
		row.name,
		eventName(row.activity),
		row.caseId,
		row.branchId,
		branchName(row.branch, row.branchId),
		row.violation === null ? null : violationText(row.violation, row.name)
	]);
	return { title: m.log_title(), columns: heads, rows };
}

/** A page of what was refused, without the bodies. */
export function refusedSheet(refused: readonly QuarantineRow[]): Sheet {
	const heads = columns(
		['id', 'id'],
		['at', m.quarantine_column_at()],
		['code', 'code'],
		['reason', m.quarantine_column_code()],
		['pointer', 'pointer'],
		['detail', m.quarantine_column_detail()],
		['origin', m.quarantine_column_origin()],
		['line', 'line'],
		['status', m.quarantine_status()]
	);
	const rows = refused.map((row) => [
		row.id,
		moment(row.at),
		row.code,
		refusedName(row.code),
		row.pointer,
		said(row.detail, row.detailZh),
		row.origin,
		row.line,
		row.status
	]);
	return { title: m.quarantine_title(), columns: heads, rows };
}
