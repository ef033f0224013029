-- Ended runs of each clock in the range: how many met their target. Cancelled runs count for neither side.
SELECT
	clock,
	count(*) FILTER (WHERE met) AS met,
	count(met) AS n,
	count(*) FILTER (WHERE met IS NULL) AS cancelled,
	quantile_disc(spent_ms, 0.5) FILTER (WHERE met IS NOT NULL) AS p50,
	quantile_disc(spent_ms, 0.9) FILTER (WHERE met IS NOT NULL) AS p90
FROM clock_runs
WHERE lane = $lane AND ended_at >= $from AND ended_at < $to AND ($branch IS NULL OR branch_id = $branch)
GROUP BY clock
ORDER BY clock;
