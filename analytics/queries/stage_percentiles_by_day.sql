-- Dwell per stage and day of the bank's zone.
SELECT
	date_trunc('day', ended_at) AS day,
	stage,
	count(*) AS n,
	quantile_disc(dwell_ms, 0.5) AS p50,
	quantile_disc(dwell_ms, 0.9) AS p90
FROM stage_spans
WHERE lane = $lane AND ended_at >= $from AND ended_at < $to
GROUP BY day, stage
ORDER BY day, stage;
