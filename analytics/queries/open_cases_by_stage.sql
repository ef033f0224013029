-- Cases that are open at $at, by the stage they are in. A case is in the stage that its last event by then left it in.
WITH last AS (
	SELECT case_id, arg_max(stage, "offset") AS stage
	FROM events
	WHERE lane = $lane AND case_id IS NOT NULL AND occurred_at <= $at
	GROUP BY case_id
)
SELECT stage, count(*) AS n
FROM last
WHERE stage <> 'closed'
GROUP BY stage
ORDER BY stage;
