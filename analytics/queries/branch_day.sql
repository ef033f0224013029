-- A branch's day: arrivals and wait per hour of one weekday (0 = Monday) in the range.
SELECT
	hour(ticket_at) AS hour,
	count(*) AS arrivals,
	quantile_disc(wait_ms, 0.9) AS wait_p90
FROM visits
WHERE lane = $lane
	AND branch_id = $branch
	AND completed_at >= $from
	AND completed_at < $to
	AND isodow(ticket_at) - 1 = $weekday
GROUP BY hour
ORDER BY hour;
