-- The same for all branches from the last rebuilt summary, with the range and target that it was computed for (instants
-- as ms here: hundreds of thousands of rows are read faster without a value object each).
SELECT
	branch_id, hour_of_week, volume, wait_n, wait_p90, handling_n, handling_p90, overtime, target_ms,
	epoch_ms(range_from)::DOUBLE AS range_from,
	epoch_ms(range_to)::DOUBLE AS range_to
FROM heatmap_summary
WHERE lane = $lane
ORDER BY branch_id, hour_of_week;
