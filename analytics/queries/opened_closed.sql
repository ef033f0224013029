-- Cases whose first event, and cases whose closing, fell into the range.
SELECT
	(
		SELECT count(*) FROM events
		WHERE lane = $lane AND occurred_at >= $from AND occurred_at < $to AND case_seq = 1
			AND ($branch IS NULL OR branch_id = $branch)
	) AS opened,
	(
		SELECT count(*) FROM case_closings
		WHERE lane = $lane AND closed_at >= $from AND closed_at < $to AND ($branch IS NULL OR branch_id = $branch)
	) AS closed;
