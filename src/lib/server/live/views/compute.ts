import { HotcardError } from '../../../domain/error.ts';
import { SECOND, type Millis } from '../../../domain/time.ts';
import type { Params, Topic, View } from '../../../protocol/topics.ts';
import type { ApplyToCase } from '../case-book.ts';
import { branchCellView, branchesView } from './branches.ts';
import { casesView } from './cases.ts';
import { caseView } from './case.ts';
import type { ViewContext } from './context.ts';
import { orderedPlaces } from './heat-rows.ts';
import { logView, variantsView } from './history.ts';
import { overviewView } from './overview.ts';
import { shellView } from './shell.ts';

/** How often a followed view may be computed at most, and whether it changes with time alone. */
export const PACE: Record<Topic, { every: Millis; ticks: boolean }> = {
	shell: { every: 80, ticks: true },
	overview: { every: 80, ticks: true },
	cases: { every: 80, ticks: true },
	case: { every: 80, ticks: true },
	log: { every: SECOND, ticks: false },
	branches: { every: 30 * SECOND, ticks: false },
	branchCell: { every: 10 * SECOND, ticks: false },
	places: { every: 30 * SECOND, ticks: false },
	variants: { every: 15 * SECOND, ticks: false },
	quarantine: { every: SECOND, ticks: false }
};

type AnyView = Promise<unknown> | unknown;

/** Computes one view. Throws `unknown-topic` for a topic that the engine does not serve. */
export async function computeView<T extends Topic>(
	context: ViewContext,
	topic: T,
	params: Params<T>,
	apply: ApplyToCase
): Promise<View<T>> {
	const views: Partial<Record<Topic, () => AnyView>> = {
		shell: () => shellView(context),
		overview: () => overviewView(context, params as Params<'overview'>),
		cases: () => casesView(context, params as Params<'cases'>),
		case: () => caseView(context, params as Params<'case'>, apply),
		branches: () => branchesView(context, params as Params<'branches'>),
		branchCell: () => branchCellView(context, params as Params<'branchCell'>),
		places: () => ({ branches: orderedPlaces(context) }),
		log: () => logView(context, params as Params<'log'>),
		variants: () => variantsView(context, params as Params<'variants'>)
	};
	const view = views[topic];
	if (!view) throw new HotcardError('unknown-topic', `The engine has no view ${topic}.`);
	return (await view()) as View<T>;
}
