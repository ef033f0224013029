-- The visits of a range by cell: the hour of the week × the number of `branches` + the place of the branch among them. Hour 0 is Monday 00:00
-- in the bank's zone (UTC+8; 1970 began on a Thursday, hour 72): arithmetic, for calendar functions cost many times as much.
SELECT
	((((epoch_ms(v.ticket_at) + 28800000) // 3600000 + 72) % 168) * len($branches) + p.place)::INTEGER AS cell,
	v.wait_ms::DOUBLE AS wait,
	v.handling_ms::DOUBLE AS handling
FROM visits v
JOIN (SELECT unnest($branches) AS branch_id, generate_subscripts($branches, 1) - 1 AS place) p USING (branch_id)
WHERE v.lane = $lane
	AND v.completed_at >= $from
	AND v.completed_at < $to
	AND v.ticket_at IS NOT NULL;
