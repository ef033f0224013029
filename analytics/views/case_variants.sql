-- The path of each case: its activities in the order they happened, ties in the order they arrived.
CREATE VIEW case_variants AS
SELECT
	lane,
	case_id,
	list(activity ORDER BY occurred_at, "offset") AS variant,
	min(occurred_at) AS started_at,
	count(*) AS events,
	date_diff('millisecond', min(occurred_at), max(occurred_at)) AS duration_ms
FROM events
WHERE case_id IS NOT NULL
GROUP BY lane, case_id;
