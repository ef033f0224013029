-- The events of one case, as they happened, at the places in the log where they are known to be.
SELECT
	"offset", recorded_at, occurred_at, type, activity, case_seq, stage, from_stage, dwell_ms, branch_id, channel, tier,
	resource, lifecycle, violation
FROM events
WHERE lane = $lane
	AND case_id = $case
	AND "offset" IN (SELECT unnest($offsets))
ORDER BY occurred_at, "offset";
