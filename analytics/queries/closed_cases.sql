-- A page of cases closed in the range. $order: closed, opened, duration, events, case or stage.
SELECT
	case_id, opened_at, closed_at, outcome, duration_ms, events, violations, stage, stage_since, activity,
	channel, branch_id, tier, segment, product, way, owner,
	count(*) OVER () AS total
FROM case_closings
WHERE lane = $lane
	AND closed_at >= $from
	AND closed_at < $to
	AND ($stage IS NULL OR stage::VARCHAR = $stage)
	AND ($channel IS NULL OR channel = $channel)
	AND ($branch IS NULL OR branch_id = $branch)
	AND ($tier IS NULL OR tier = $tier)
	AND ($owner IS NULL OR owner = $owner)
	AND ($text IS NULL OR contains(lower(case_id), lower($text)))
	AND ($clock IS NULL OR case_id IN (
		SELECT case_id FROM clock_runs WHERE lane = $lane AND clock = $clock AND ended_at >= $from
	))
ORDER BY
	CASE WHEN $descending THEN NULL ELSE CASE $order
		WHEN 'opened' THEN epoch_ms(opened_at) WHEN 'duration' THEN duration_ms WHEN 'events' THEN events
		WHEN 'closed' THEN epoch_ms(closed_at) WHEN 'stage' THEN epoch_ms(stage_since)
	END END ASC NULLS LAST,
	CASE WHEN $descending THEN CASE $order
		WHEN 'opened' THEN epoch_ms(opened_at) WHEN 'duration' THEN duration_ms WHEN 'events' THEN events
		WHEN 'closed' THEN epoch_ms(closed_at) WHEN 'stage' THEN epoch_ms(stage_since)
	END END DESC NULLS LAST,
	CASE WHEN $descending AND $order = 'case' THEN case_id END DESC,
	case_id
LIMIT $limit OFFSET $skip;
