-- The commonest paths of cases that started in the range, with totals over all paths.
WITH path AS (
	SELECT variant, count(*) AS cases, sum(events) AS events,
		quantile_disc(duration_ms, 0.5) AS p50, quantile_disc(duration_ms, 0.9) AS p90
	FROM case_variants
	WHERE lane = $lane AND started_at >= $from AND started_at < $to
	GROUP BY variant
)
SELECT variant, cases, p50, p90,
	sum(cases) OVER () AS total_cases, sum(events) OVER () AS total_events, count(*) OVER () AS total_variants
FROM path
ORDER BY cases DESC, variant
LIMIT $limit;
