-- Dwell of the stages that were left in the range, ms, with the share over target where a clock watches the stage.
SELECT
	stage,
	count(*) AS n,
	quantile_disc(dwell_ms, 0.5) AS p50,
	quantile_disc(dwell_ms, 0.9) AS p90,
	count(*) FILTER (WHERE overtime) AS overtime,
	count(overtime) AS watched
FROM stage_spans
WHERE lane = $lane AND ended_at >= $from AND ended_at < $to AND ($branch IS NULL OR branch_id = $branch)
GROUP BY stage
ORDER BY stage;
