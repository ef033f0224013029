-- Every event of one case, as it happened; what is known of its place in the log spares reading all the rest.
SELECT
	"offset", recorded_at, occurred_at, type, activity, case_seq, stage, from_stage, dwell_ms, branch_id, channel, tier,
	resource, lifecycle, violation
FROM events
WHERE lane = $lane
	AND case_key = $key
	AND case_id = $case
	AND "offset" >= coalesce($first, 0)
	AND "offset" <= coalesce($last, 9223372036854775807)
ORDER BY occurred_at, "offset";
