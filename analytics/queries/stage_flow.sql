-- Cases that entered each stage in the range.
SELECT stage, count(*) AS entered
FROM events
WHERE lane = $lane
	AND occurred_at >= $from
	AND occurred_at < $to
	AND case_id IS NOT NULL
	AND (from_stage IS NULL OR from_stage <> stage)
	AND ($branch IS NULL OR branch_id = $branch)
GROUP BY stage
ORDER BY stage;
