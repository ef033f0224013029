-- Closed cases of the range by outcome, channel and last stage, for filter chips.
SELECT
	CASE WHEN grouping(outcome) = 0 THEN 'outcome' WHEN grouping(channel) = 0 THEN 'channel' ELSE 'stage' END AS facet,
	coalesce(outcome, channel, stage::VARCHAR) AS value,
	count(*) AS n
FROM case_closings
WHERE lane = $lane AND closed_at >= $from AND closed_at < $to
GROUP BY GROUPING SETS ((outcome), (channel), (stage))
ORDER BY facet, value NULLS LAST;
