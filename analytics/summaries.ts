import { DAY, MINUTE, type Millis } from '#lib/domain/time.ts';
import { sqlOf } from './catalog.ts';
import type { Store } from './store.ts';

export interface SummaryOptions {
	/** How far back the heatmap looks from the lane's present, ms; default 28 days. */
	window?: Millis;
	/** Handling longer than this is overtime, ms; default 8 minutes. */
	target?: Millis;
	/** The same of branches that have a target of their own. */
	ownTargets?: ReadonlyMap<string, Millis>;
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const instant = (at: Millis): string => `make_timestamptz(${Math.round(at * 1_000)})`;
const whole = (number: number): string => String(Math.round(number));

/** The question `heatmap` of a whole lane with its parameters written out: a table is not made from a prepared statement. */
function summaryOf(lane: string, now: Millis, options: SummaryOptions): string {
	const { window = 28 * DAY, target = 8 * MINUTE, ownTargets = new Map<string, Millis>() } = options;
	const params: Readonly<Record<string, string>> = {
		lane: literal(lane),
		from: instant(now - window),
		to: instant(now),
		target_ms: whole(target),
		own_branches: `CAST([${[...ownTargets.keys()].map(literal).join(', ')}] AS VARCHAR[])`,
		own_targets: `CAST([${[...ownTargets.values()].map(whole).join(', ')}] AS BIGINT[])`,
		branches: 'CAST([] AS VARCHAR[])'
	};
	const question = sqlOf('heatmap').replaceAll(/\$(\w+)/g, (_, name: string) => params[name] ?? `$${name}`);
	const { lane: named, target_ms, from, to } = params;
	return `SELECT ${named} AS lane, h.*, ${target_ms}::DOUBLE AS target_ms, ${from} AS range_from, ${to} AS range_to
		FROM (${question.replace(/;\s*$/, '')}) h`;
}

/**
 * Recomputes the small summaries off the live path; `laneNow` gives the present (ms) of each lane to keep. Quantiles are
 * exact: they are taken from the visits of the window, which bounds the work however long the history is.
 */
export async function rebuildSummaries(
	store: Store,
	laneNow: Readonly<Record<string, Millis>>,
	options: SummaryOptions = {}
): Promise<void> {
	const lanes = Object.entries(laneNow).map(([lane, now]) => summaryOf(lane, now, options));
	if (lanes.length === 0) return;
	await store.maintain(`CREATE OR REPLACE TABLE heatmap_summary AS ${lanes.join(' UNION ALL ')}`);
	store.forget();
}
