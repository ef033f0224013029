import { DAY, MINUTE, type Millis } from '#lib/domain/time.ts';
import type { Store } from './store.ts';

const micros = (at: Millis): string => String(Math.round(at * 1_000));

export interface SummaryOptions {
	/** How far back the heatmap looks from the lane's present, ms; default 28 days. */
	window?: Millis;
	/** Handling longer than this is overtime, ms; default 8 minutes. */
	target?: Millis;
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
	const { window = 28 * DAY, target = 8 * MINUTE } = options;
	const lanes = Object.entries(laneNow);
	if (lanes.length === 0) return;
	const ranges = lanes.map(([lane, now]) => {
		return `('${lane.replaceAll("'", "''")}', make_timestamptz(${micros(now - window)}), make_timestamptz(${micros(now)}))`;
	});
	await store.maintain(`
		CREATE OR REPLACE TABLE heatmap_summary AS
		SELECT
			v.lane,
			v.branch_id,
			(((epoch_ms(v.ticket_at) + 28800000) // 3600000 + 72) % 168)::SMALLINT AS hour_of_week,
			count(*)::INTEGER AS volume,
			count(v.wait_ms)::INTEGER AS wait_n,
			quantile_disc(v.wait_ms, 0.9)::DOUBLE AS wait_p90,
			count(v.handling_ms)::INTEGER AS handling_n,
			quantile_disc(v.handling_ms, 0.9)::DOUBLE AS handling_p90,
			count(*) FILTER (WHERE v.handling_ms > ${Math.round(target)})::INTEGER AS overtime,
			${Math.round(target)}::DOUBLE AS target_ms,
			r.range_from,
			r.range_to
		FROM visits v
		JOIN (VALUES ${ranges.join(', ')}) r(lane, range_from, range_to)
			ON v.lane = r.lane AND v.completed_at >= r.range_from AND v.completed_at < r.range_to
		WHERE v.ticket_at IS NOT NULL
		GROUP BY ALL
		ORDER BY v.lane, v.branch_id, hour_of_week
	`);
}
