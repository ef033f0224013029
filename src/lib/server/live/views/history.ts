import { catalog } from '../../../../../analytics/catalog.ts';
import type { Lane } from '../../../domain/lane.ts';
import { END_OF_TIME } from '../../../domain/time.ts';
import type { Params } from '../../../protocol/topics.ts';
import type { LogView, VariantsView } from '../../../protocol/views.ts';
import type { ViewContext } from './context.ts';

const PAGE = 100;
const LARGEST_PAGE = 1_000;
const VARIANTS = 50;

const pageOf = (limit: number | undefined, usual: number): number =>
	Math.min(LARGEST_PAGE, Math.max(1, Math.floor(limit ?? usual)));

/** The name of a branch, where the lane has told one. */
function branchOf(context: ViewContext, id: string | null): { branch?: string } {
	const name = id === null ? null : (context.fold.state.branches.get(id)?.name ?? null);
	return name === null ? {} : { branch: name };
}

/** A page of the log, newest first, as far as it is projected. */
export async function logView(context: ViewContext, params: Params<'log'>): Promise<LogView> {
	const { lane, store } = context;
	const filter = { lane, type: params.type ?? null, case: params.caseId ?? null };
	const limit = pageOf(params.limit, PAGE);
	const before = params.before ?? Number.MAX_SAFE_INTEGER;
	const rows = await catalog.run(store, 'log_page', { ...filter, before, limit });
	const unfiltered = filter.type === null && filter.case === null;
	const total = unfiltered
		? context.fold.state.events
		: ((await catalog.run(store, 'log_count', filter))[0]?.total ?? 0);
	return {
		head: context.fold.state.next,
		total,
		rows: rows.map((row) => ({
			...branchOf(context, row.branch_id),
			offset: row.offset,
			lane: row.lane as Lane,
			at: row.occurred_at,
			recordedAt: row.recorded_at,
			name: row.type,
			activity: row.activity,
			caseId: row.case_id,
			branchId: row.branch_id,
			violation: row.violation
		})),
		next: rows.length < limit ? null : (rows.at(-1)?.offset ?? null)
	};
}

/** The commonest paths of the cases that started in the range. */
export async function variantsView(context: ViewContext, params: Params<'variants'>): Promise<VariantsView> {
	const rows = await catalog.run(context.store, 'variants_top', {
		lane: context.lane,
		from: params.from ?? 0,
		to: params.to ?? END_OF_TIME,
		limit: pageOf(params.limit, VARIANTS)
	});
	const [first] = rows;
	return {
		cases: first?.total_cases ?? 0,
		events: first?.total_events ?? 0,
		variants: rows.map((row) => ({ activities: [...row.variant], cases: row.cases, p50: row.p50, p90: row.p90 })),
		total: first?.total_variants ?? 0
	};
}
