-- Dwell per stage and day of the bank's zone (UTC+8, no summer time): arithmetic, for calendar functions cost many times as much.
-- Both quantiles are asked at once, so that each group is ordered once.
SELECT to_timestamp(day_number * 86400 - 28800) AS day, stage, n, quantiles[1] AS p50, quantiles[2] AS p90
FROM (
	SELECT
		(epoch_ms(ended_at) + 28800000) // 86400000 AS day_number,
		stage,
		count(*) AS n,
		quantile_disc(dwell_ms, [0.5, 0.9]) AS quantiles
	FROM stage_spans
	WHERE lane = $lane AND ended_at >= $from AND ended_at < $to
	GROUP BY day_number, stage
)
ORDER BY day, stage;
