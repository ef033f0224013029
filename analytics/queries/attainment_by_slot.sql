-- The same per slot of $slot_ms; slot 0 starts at $from. A slot in which no run ended has no row.
SELECT
	clock,
	date_diff('millisecond', $from, ended_at) // $slot_ms AS slot,
	count(*) FILTER (WHERE met) AS met,
	count(met) AS n
FROM clock_runs
WHERE lane = $lane AND ended_at >= $from AND ended_at < $to AND met IS NOT NULL AND ($branch IS NULL OR branch_id = $branch)
GROUP BY clock, slot
ORDER BY clock, slot;
