-- From the report to the completed freeze, for freezes completed in the range (the run of the clock $clock).
SELECT count(spent_ms) AS n, quantile_disc(spent_ms, 0.5) AS p50, quantile_disc(spent_ms, 0.9) AS p90
FROM clock_runs
WHERE lane = $lane AND clock = $clock AND ended_at >= $from AND ended_at < $to AND met IS NOT NULL
	AND ($branch IS NULL OR branch_id = $branch);
