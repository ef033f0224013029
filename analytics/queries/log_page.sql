-- A page of a lane's log, newest first, below an offset.
SELECT "offset", lane, recorded_at, occurred_at, type, activity, case_id, branch_id, violation
FROM events
WHERE lane = $lane
	AND "offset" < $before
	AND ($type IS NULL OR type::VARCHAR = $type)
	AND ($case IS NULL OR case_id = $case)
ORDER BY "offset" DESC
LIMIT $limit;
