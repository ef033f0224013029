-- Branch × hour of the week from visits; an empty list of branches means all; `own_branches` have a
-- target of their own. Hour 0 is Monday 00:00 in the bank's zone
-- (UTC+8; 1970 began on a Thursday, hour 72): arithmetic, for calendar functions cost many times as much.
-- A quantile keeps every value of every cell apart, which costs more than all the rest. Below ten values the 0.9 quantile
-- is the greatest of them, so only fuller cells are asked for it.
WITH cells AS (
	SELECT
		branch_id,
		(((epoch_ms(ticket_at) + 28800000) // 3600000 + 72) % 168)::SMALLINT AS hour_of_week,
		count(*)::INTEGER AS volume,
		count(wait_ms)::INTEGER AS wait_n,
		max(wait_ms) AS wait_most,
		count(handling_ms)::INTEGER AS handling_n,
		max(handling_ms) AS handling_most,
		(count(*) FILTER (
			WHERE handling_ms > coalesce($own_targets[list_position($own_branches, branch_id)], $target_ms)
		))::INTEGER AS overtime
	FROM visits
	WHERE lane = $lane
		AND completed_at >= $from
		AND completed_at < $to
		AND ticket_at IS NOT NULL
		AND (len($branches) = 0 OR branch_id IN (SELECT unnest($branches)))
	GROUP BY branch_id, hour_of_week
),
fuller AS (
	SELECT
		v.branch_id,
		c.hour_of_week,
		quantile_disc(v.wait_ms, 0.9) AS wait_p90,
		quantile_disc(v.handling_ms, 0.9) AS handling_p90
	FROM visits v
	JOIN cells c
		ON c.branch_id = v.branch_id
		AND c.hour_of_week = (((epoch_ms(v.ticket_at) + 28800000) // 3600000 + 72) % 168)::SMALLINT
		AND (c.wait_n >= 10 OR c.handling_n >= 10)
	WHERE v.lane = $lane
		AND v.completed_at >= $from
		AND v.completed_at < $to
		AND v.ticket_at IS NOT NULL
	GROUP BY v.branch_id, c.hour_of_week
)
SELECT
	branch_id,
	hour_of_week,
	volume,
	wait_n,
	coalesce(f.wait_p90, wait_most)::DOUBLE AS wait_p90,
	handling_n,
	coalesce(f.handling_p90, handling_most)::DOUBLE AS handling_p90,
	overtime
FROM cells
LEFT JOIN fuller f USING (branch_id, hour_of_week)
ORDER BY branch_id, hour_of_week;
