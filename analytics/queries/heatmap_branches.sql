-- The branches with a visit in a range, for a heatmap of all.
SELECT DISTINCT branch_id
FROM visits
WHERE lane = $lane
	AND completed_at >= $from
	AND completed_at < $to
	AND ticket_at IS NOT NULL
ORDER BY branch_id;
