-- Branch × hour of the week from visits; an empty list of branches means all. Hour 0 is Monday 00:00 in the bank's zone
-- (UTC+8; 1970 began on a Thursday, hour 72): arithmetic, for calendar functions cost many times as much.
SELECT
	branch_id,
	(((epoch_ms(ticket_at) + 28800000) // 3600000 + 72) % 168)::INTEGER AS hour_of_week,
	count(*)::INTEGER AS volume,
	count(wait_ms)::INTEGER AS wait_n,
	quantile_disc(wait_ms, 0.9)::DOUBLE AS wait_p90,
	count(handling_ms)::INTEGER AS handling_n,
	quantile_disc(handling_ms, 0.9)::DOUBLE AS handling_p90,
	(count(*) FILTER (WHERE handling_ms > $target_ms))::INTEGER AS overtime
FROM visits
WHERE lane = $lane
	AND completed_at >= $from
	AND completed_at < $to
	AND ticket_at IS NOT NULL
	AND (len($branches) = 0 OR branch_id IN (SELECT unnest($branches)))
GROUP BY branch_id, hour_of_week
ORDER BY branch_id, hour_of_week;
