-- The commonest paths of cases that started in the range, with totals over all paths. Only the events of those cases are
-- put in order, which bounds the work by the range and not by the history.
WITH started AS (
	SELECT case_id
	FROM events
	WHERE lane = $lane AND case_id IS NOT NULL AND occurred_at < $to
	GROUP BY case_id
	HAVING min(occurred_at) >= $from
),
path AS (
	SELECT
		list(activity ORDER BY occurred_at, "offset") AS variant,
		count(*) AS events,
		date_diff('millisecond', min(occurred_at), max(occurred_at)) AS duration_ms
	FROM events
	WHERE lane = $lane AND occurred_at >= $from AND case_id IN (SELECT case_id FROM started)
	GROUP BY case_id
),
variant AS (
	SELECT variant, count(*) AS cases, sum(events) AS events,
		quantile_disc(duration_ms, 0.5) AS p50, quantile_disc(duration_ms, 0.9) AS p90
	FROM path
	GROUP BY variant
)
SELECT variant, cases, p50, p90,
	sum(cases) OVER () AS total_cases, sum(events) OVER () AS total_events, count(*) OVER () AS total_variants
FROM variant
ORDER BY cases DESC, variant
LIMIT $limit;
