-- Median and 90th percentile of dwell per stage and slot of $slot_ms; slot 0 starts at $from.
SELECT
	stage,
	date_diff('millisecond', $from, ended_at) // $slot_ms AS slot,
	count(*) AS n,
	quantile_disc(dwell_ms, 0.5) AS p50,
	quantile_disc(dwell_ms, 0.9) AS p90
FROM stage_spans
WHERE lane = $lane AND ended_at >= $from AND ended_at < $to AND ($branch IS NULL OR branch_id = $branch)
GROUP BY stage, slot
ORDER BY stage, slot;
