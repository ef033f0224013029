-- The same for all branches from the last rebuilt summary, with the range and target that it was computed for, instants as
-- ms. The table was written in the order of branch and hour, and is read in it.
SELECT
	branch_id, hour_of_week, volume, wait_n, wait_p90, handling_n, handling_p90, overtime, target_ms,
	epoch_ms(range_from)::DOUBLE AS range_from,
	epoch_ms(range_to)::DOUBLE AS range_to
FROM heatmap_summary
WHERE lane = $lane;
