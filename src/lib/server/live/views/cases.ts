import { catalog, type Row } from '../../../../../analytics/catalog.ts';
import { isStage } from '../../../domain/stage.ts';
import { END_OF_TIME } from '../../../domain/time.ts';
import type { CaseRow, CasesParams, CasesView } from '../../../protocol/views.ts';
import { caseRow } from './case-row.ts';
import { branchName, type ViewContext } from './context.ts';
import { openPage } from './open-page.ts';

const PAGE = 50;
const LARGEST_PAGE = 500;

function closedRow(context: ViewContext, row: Row<'closed_cases'>): CaseRow {
	return {
		caseId: row.case_id,
		stage: isStage(row.stage) ? row.stage : 'closed',
		activity: row.activity,
		channel: row.channel,
		branchId: row.branch_id,
		branch: branchName(context, row.branch_id),
		tier: row.tier,
		openedAt: row.opened_at,
		stageSince: row.stage_since,
		clock: null,
		due: null,
		status: 'closed',
		owner: row.owner,
		violations: row.violations,
		events: row.events
	};
}

async function closedCases(
	context: ViewContext,
	params: CasesParams,
	page: { limit: number; skip: number }
): Promise<{ total: number; rows: CaseRow[] }> {
	const { lane, store } = context;
	const stage = params.stage === 'closed' ? undefined : params.stage;
	const rows = await catalog.run(store, 'closed_cases', {
		lane,
		from: params.from ?? 0,
		to: params.to ?? END_OF_TIME,
		branch: params.branch ?? null,
		stage: stage ?? null,
		channel: params.channel ?? null,
		tier: params.tier ?? null,
		owner: params.owner ?? null,
		text: params.text || null,
		clock: params.clock ?? null,
		order: params.sort === undefined || params.sort === 'due' ? 'closed' : params.sort,
		descending: params.sort === undefined || params.sort === 'due' ? true : (params.descending ?? false),
		limit: Math.max(1, page.limit),
		skip: page.skip
	});
	const [first] = rows;
	return { total: first?.total ?? 0, rows: page.limit === 0 ? [] : rows.map((row) => closedRow(context, row)) };
}

/** A page of cases: open ones from memory; closed ones, newest first, from the projections; `all` lists open ones before closed ones. */
export async function casesView(context: ViewContext, params: CasesParams): Promise<CasesView> {
	const offset = Math.max(0, params.offset ?? 0);
	const limit = Math.min(LARGEST_PAGE, Math.max(0, params.limit ?? PAGE));
	const status = params.status ?? 'open';
	const { cases } = context.fold.at(context.now);
	const open = openPage(cases, params, offset, status === 'closed' ? 0 : limit);
	const rows = open.rows.map((card) => caseRow(context, card.state, card));
	if (status !== 'closed' && status !== 'all') return { total: open.total, offset, rows, facets: open.facets };
	const before = status === 'all' ? open.total : 0;
	const closed = await closedCases(context, params, {
		limit: limit - rows.length,
		skip: Math.max(0, offset - before)
	});
	open.facets.status['closed'] = closed.total;
	return { total: before + closed.total, offset, rows: [...rows, ...closed.rows], facets: open.facets };
}
