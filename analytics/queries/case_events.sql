-- Every event of one case, as it happened.
SELECT
	"offset", recorded_at, occurred_at, type, activity, case_seq, stage, from_stage, dwell_ms, branch_id, channel, tier,
	resource, lifecycle, violation
FROM events
WHERE lane = $lane AND case_id = $case
ORDER BY occurred_at, "offset";
