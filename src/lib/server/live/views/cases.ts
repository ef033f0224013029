import { catalog, type Row } from '../../../../../analytics/catalog.ts';
import type { CaseState } from '../../../domain/case/state.ts';
import { isStage, STAGES } from '../../../domain/stage.ts';
import type { CaseRow, CasesParams, CasesView } from '../../../protocol/views.ts';
import { pressing, type Pressing } from '../attention.ts';
import { caseRow, maskPerson } from './case-row.ts';
import { branchName, type ViewContext } from './context.ts';

interface Found {
	state: CaseState;
	pressing: Pressing;
}

const PAGE = 50;
const LARGEST_PAGE = 500;
const order = new Map<string, number>(STAGES.map((stage, index) => [stage, index]));
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Unknown last, whichever way the sort goes. */
const due = (found: Found): number => found.pressing.run?.dueAt ?? Infinity;

function compare(params: CasesParams): (a: Found, b: Found) => number {
	const way = params.descending ? -1 : 1;
	const tie = (a: Found, b: Found): number => byText(a.state.caseId, b.state.caseId);
	switch (params.sort ?? 'due') {
		case 'opened':
			return (a, b) => way * (a.state.openedAt - b.state.openedAt) || tie(a, b);
		case 'stage':
			return (a, b) =>
				way * ((order.get(a.state.stage) ?? 0) - (order.get(b.state.stage) ?? 0)) ||
				a.state.stageSince - b.state.stageSince ||
				tie(a, b);
		case 'case':
			return (a, b) => way * tie(a, b);
		case 'events':
			return (a, b) => way * (a.state.events - b.state.events) || tie(a, b);
		default:
			return (a, b) => {
				const [left, right] = [due(a), due(b)];
				if (left === right) return tie(a, b);
				return left === Infinity || right === Infinity ? left - right : way * (left - right);
			};
	}
}

type Facet = 'stage' | 'channel' | 'status';

/** Whether a case passes every filter but `except`: a chip shows what choosing it instead would give. */
function passes(found: Found, params: CasesParams, text: string | undefined, except: Facet | null): boolean {
	const { state, pressing: press } = found;
	if (except !== 'stage' && params.stage && state.stage !== params.stage) return false;
	if (except !== 'channel' && params.channel && state.channel !== params.channel) return false;
	if (except !== 'status') {
		if (params.status === 'breached' && press.pressure !== 'breached') return false;
		if (params.status === 'at_risk' && press.pressure !== 'at_risk') return false;
	}
	if (params.branch && state.branchId !== params.branch) return false;
	if (params.tier && state.tier !== params.tier) return false;
	if (params.owner && state.owner !== params.owner) return false;
	if (params.clock && press.run?.clock !== params.clock) return false;
	return text === undefined || state.caseId.toLowerCase().includes(text);
}

function bump(counts: Record<string, number>, key: string): void {
	counts[key] = (counts[key] ?? 0) + 1;
}

function openCases(context: ViewContext, params: CasesParams): { rows: Found[]; facets: CasesView['facets'] } {
	const facets: CasesView['facets'] = { stage: {}, channel: {}, status: {} };
	const rows: Found[] = [];
	const text = params.text ? params.text.toLowerCase() : undefined;
	for (const { state } of context.fold.state.open.values()) {
		const found = { state, pressing: pressing(state, context.now) };
		if (passes(found, params, text, null)) rows.push(found);
		if (passes(found, params, text, 'stage')) bump(facets.stage, state.stage);
		if (state.channel !== null && passes(found, params, text, 'channel')) bump(facets.channel, state.channel);
		if (!passes(found, params, text, 'status')) continue;
		bump(facets.status, 'open');
		if (found.pressing.pressure === 'breached' || found.pressing.pressure === 'at_risk') {
			bump(facets.status, found.pressing.pressure);
		}
	}
	return { rows: rows.sort(compare(params)), facets };
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
		owner: context.unmasked || row.owner === null ? row.owner : maskPerson(row.owner),
		violations: row.violations,
		events: row.events
	};
}

const END_OF_TIME = 4_102_444_800_000;

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
	const open = openCases(context, status === 'closed' ? { ...params, status: 'open' } : params);
	const shown = status === 'closed' ? [] : open.rows.slice(offset, offset + limit);
	const rows = shown.map((found) => caseRow(context, found.state, found.pressing));
	if (status !== 'closed' && status !== 'all') return { total: open.rows.length, offset, rows, facets: open.facets };
	const before = status === 'all' ? open.rows.length : 0;
	const closed = await closedCases(context, params, {
		limit: limit - rows.length,
		skip: Math.max(0, offset - before)
	});
	open.facets.status['closed'] = closed.total;
	return { total: before + closed.total, offset, rows: [...rows, ...closed.rows], facets: open.facets };
}
