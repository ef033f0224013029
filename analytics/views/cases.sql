-- Every case of any process, open or closed, straight from its events. Last means latest in its world, ties by arrival.
CREATE VIEW cases AS
SELECT
	lane,
	case_id,
	min(occurred_at) AS started_at,
	max(occurred_at) AS ended_at,
	count(*) AS events,
	arg_max(stage, "offset") AS last_stage,
	arg_max(activity, row(occurred_at, "offset")) AS last_activity,
	date_diff('millisecond', min(occurred_at), max(occurred_at)) AS duration_ms,
	coalesce(arg_max(stage, "offset") = 'closed', false) AS closed
FROM events
WHERE case_id IS NOT NULL
GROUP BY lane, case_id;
