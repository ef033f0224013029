-- One cell of the heatmap: a branch at one hour of the week. The list holds 21 evenly spaced quantiles of the wait.
SELECT
	count(*) AS volume,
	count(wait_ms) AS wait_n,
	quantile_disc(wait_ms, 0.5) AS wait_p50,
	quantile_disc(wait_ms, 0.9) AS wait_p90,
	count(handling_ms) AS handling_n,
	quantile_disc(handling_ms, 0.5) AS handling_p50,
	quantile_disc(handling_ms, 0.9) AS handling_p90,
	count(*) FILTER (WHERE handling_ms > $target_ms) AS overtime,
	quantile_disc(
		wait_ms,
		[0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1]
	) AS ecdf
FROM visits
WHERE lane = $lane
	AND branch_id = $branch
	AND completed_at >= $from
	AND completed_at < $to
	AND ($hour_of_week IS NULL OR ((epoch_ms(ticket_at) + 28800000) // 3600000 + 72) % 168 = $hour_of_week);
