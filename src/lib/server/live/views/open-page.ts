import { STAGES } from '../../../domain/stage.ts';
import type { CasesParams, CasesView } from '../../../protocol/views.ts';
import { type Pressure, pressureOf } from '../attention.ts';
import type { Card } from '../open/card.ts';
import type { Counts } from '../open/counts.ts';
import type { OpenCases } from '../open/open-cases.ts';
import { pick } from '../open/pick.ts';

/** A page of the open cases, with how many there are in all and under each choice of a filter. */
export interface OpenPage {
	total: number;
	rows: Card[];
	facets: CasesView['facets'];
}

type Pressed = 'breached' | 'at_risk' | null;
/** How the run of one clock presses a case, whichever run presses it most: what a clock counts is listed under it. */
function pressureOn({ state, at }: Card, clock: string): Pressure {
	const run = state.clocks.find((one) => one.clock === clock);
	return run === undefined ? 'none' : pressureOf(run, at);
}

type Compare = (a: Card, b: Card) => number;

const order = new Map<string, number>(STAGES.map((stage, index) => [stage, index]));
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const tie: Compare = (a, b) => byText(a.state.caseId, b.state.caseId);

function compare(params: CasesParams): Compare {
	const way = params.descending ? -1 : 1;
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
				if (a.due === b.due) return tie(a, b);
				// Unknown last, whichever way the sort goes.
				return a.due === Infinity || b.due === Infinity ? a.due - b.due : way * (a.due - b.due);
			};
	}
}

const inOrder = (params: CasesParams): boolean => (params.sort ?? 'due') === 'due' && !params.descending;

/** Whether nothing but the status narrows the list. */
function whole({ stage, channel, branch, tier, clock, owner, text, cases, from, to }: CasesParams): boolean {
	return (
		![stage, channel, branch, tier, clock, owner, text, cases].some(Boolean) && from === undefined && to === undefined
	);
}

function countsBy(map: ReadonlyMap<string, Counts>, pressed: Pressed): Record<string, number> {
	const found: Record<string, number> = {};
	for (const [key, { open, atRisk, breached }] of map) {
		const count = pressed === 'breached' ? breached : pressed === 'at_risk' ? atRisk : open;
		if (count > 0) found[key] = count;
	}
	return found;
}

function statusFacets({ open, atRisk, breached }: Counts): Record<string, number> {
	const all = { open, at_risk: atRisk, breached };
	return Object.fromEntries(Object.entries(all).filter(([, count]) => count > 0));
}

/** The rows of the whole list in its usual order, from what is in order already: no more are looked at than are shown. */
function firstOf(cases: OpenCases, pressed: Pressed, skip: number, limit: number): Card[] {
	const { counts } = cases;
	if (pressed === null) return cases.order.page(skip, limit);
	// The breached are those whose due has passed: they come first.
	if (pressed === 'breached') return cases.order.page(skip, Math.min(limit, Math.max(0, counts.breached - skip)));
	const rows: Card[] = [];
	let left = skip;
	cases.order.each((card) => {
		if (rows.length === limit) return false;
		if (card.pressure !== 'at_risk') return;
		if (left > 0) left -= 1;
		else rows.push(card);
		return;
	}, counts.breached);
	return rows;
}

/** Every case that passes the filters, in the order of dues, counted by facet: a chip shows what choosing it instead would give. */
function filtered(
	cases: OpenCases,
	params: CasesParams,
	pressed: Pressed
): { found: Card[]; facets: OpenPage['facets'] } {
	const { stage, channel, branch, tier, clock, owner, from = -Infinity, to = Infinity } = params;
	const text = params.text ? params.text.toLowerCase() : undefined;
	const ids = params.cases ? new Set(params.cases.split(',')) : undefined;
	const found: Card[] = [];
	const stages = new Map<string, number>();
	const channels = new Map<string, number>();
	const status: Counts = { open: 0, atRisk: 0, breached: 0 };
	const bump = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1);
	cases.order.each((card) => {
		const { state } = card;
		const pressure = clock ? pressureOn(card, clock) : card.pressure;
		if (state.openedAt < from || state.openedAt >= to) return;
		if (branch && state.branchId !== branch) return;
		if (tier && state.tier !== tier) return;
		if (owner && state.owner !== owner) return;
		if (clock && pressure === 'none') return;
		if (ids !== undefined && !ids.has(state.caseId)) return;
		const inStage = !stage || state.stage === stage;
		const inChannel = !channel || state.channel === channel;
		const inStatus = pressed === null || pressure === pressed;
		// A case that fails two of the three counts nowhere.
		if (Number(inStage) + Number(inChannel) + Number(inStatus) < 2) return;
		if (text !== undefined && !state.caseId.toLowerCase().includes(text)) return;
		if (inChannel && inStatus) bump(stages, state.stage);
		if (inStage && inStatus && state.channel !== null) bump(channels, state.channel);
		if (inStage && inChannel) {
			status.open += 1;
			if (pressure === 'breached') status.breached += 1;
			else if (pressure === 'at_risk') status.atRisk += 1;
		}
		if (inStage && inChannel && inStatus) found.push(card);
	});
	const facets = {
		stage: Object.fromEntries(stages),
		channel: Object.fromEntries(channels),
		status: statusFacets(status)
	};
	return { found, facets };
}

/** The open cases from place `skip` on; `closed` and `all` in `params.status` mean all that are open. */
export function openPage(cases: OpenCases, params: CasesParams, skip: number, limit: number): OpenPage {
	const { status } = params;
	const pressed = status === 'breached' || status === 'at_risk' ? status : null;
	const { counts } = cases;
	if (whole(params)) {
		const total = pressed === 'breached' ? counts.breached : pressed === 'at_risk' ? counts.atRisk : counts.open;
		const facets = {
			stage: countsBy(counts.stages, pressed),
			channel: countsBy(counts.channels, pressed),
			status: statusFacets(counts)
		};
		if (limit === 0 || inOrder(params)) return { total, rows: firstOf(cases, pressed, skip, limit), facets };
		const found: Card[] = [];
		cases.order.each((card) => {
			if (pressed === null || card.pressure === pressed) found.push(card);
		});
		return { total, rows: pick(found, skip + limit, compare(params)).slice(skip), facets };
	}
	const { found, facets } = filtered(cases, params, pressed);
	if (limit === 0) return { total: found.length, rows: [], facets };
	const sorted = inOrder(params) ? found.slice(0, skip + limit) : pick(found, skip + limit, compare(params));
	return { total: found.length, rows: sorted.slice(skip), facets };
}
