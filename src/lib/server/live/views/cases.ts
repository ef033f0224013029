import { catalog, type Row } from '../../../../../analytics/catalog.ts';
import { isStage } from '../../../domain/stage.ts';
import { END_OF_TIME } from '../../../domain/time.ts';
import type { CaseRow, CasesParams, CasesView } from '../../../protocol/views.ts';
import { caseRow } from './case-row.ts';
import { branchName, type ViewContext } from './context.ts';
import { openPage } from './open-page.ts';

const PAGE = 50;
const LARGEST_PAGE = 500;

interface Page {
	limit: number;
	skip: number;
}

interface Found {
	total: number;
	rows: CaseRow[];
}

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

/** The closed ones among cases that are named: few, so that each is asked for by itself. */
async function closedAmong(
	context: ViewContext,
	ids: readonly string[],
	params: CasesParams,
	page: Page
): Promise<Found> {
	const { open } = context.fold.state;
	const rows: CaseRow[] = [];
	for (const text of ids) {
		if (open.has(text)) continue;
		const found = await closedCases(context, { ...params, text }, { limit: LARGEST_PAGE, skip: 0 });
		rows.push(...found.rows.filter((row) => row.caseId === text));
	}
	return { total: rows.length, rows: rows.slice(page.skip, page.skip + page.limit) };
}

async function closedCases(context: ViewContext, params: CasesParams, page: Page): Promise<Found> {
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

function namesOf(context: ViewContext, { branch, clock }: CasesParams): Pick<CasesView, 'names'> {
	const known = branch === undefined ? undefined : context.fold.state.branches.get(branch)?.name;
	const rule = clock === undefined ? undefined : context.targets.rules.get(clock);
	const names = { ...(known ? { branch: known } : {}), ...(rule ? { clock: { ...rule.name } } : {}) };
	return Object.keys(names).length === 0 ? {} : { names };
}

/** A page of cases: open ones from memory; closed ones, newest first, from the projections; `all` lists open ones before closed ones. */
export async function casesView(context: ViewContext, params: CasesParams): Promise<CasesView> {
	const offset = Math.max(0, params.offset ?? 0);
	const limit = Math.min(LARGEST_PAGE, Math.max(0, params.limit ?? PAGE));
	const status = params.status ?? 'open';
	const { cases } = context.fold.at(context.now);
	const open = openPage(cases, params, offset, status === 'closed' ? 0 : limit);
	const rows = open.rows.map((card) => caseRow(context, card.state, card));
	const told = { ...namesOf(context, params), facets: open.facets };
	if (status !== 'closed' && status !== 'all') return { total: open.total, offset, rows, ...told };
	const before = status === 'all' ? open.total : 0;
	const page = { limit: limit - rows.length, skip: Math.max(0, offset - before) };
	const closed =
		params.cases === undefined
			? await closedCases(context, params, page)
			: await closedAmong(context, params.cases.split(','), params, page);
	open.facets.status['closed'] = closed.total;
	return { total: before + closed.total, offset, rows: [...rows, ...closed.rows], ...told };
}
