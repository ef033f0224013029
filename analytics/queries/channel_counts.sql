-- Reports per channel in the hour that ends at $now, against the same hour of the $days days before. A day without any
-- report of the lane is no observation; a day with reports but none in this channel's hour counts as zero.
WITH report AS (
	SELECT channel, date_diff('millisecond', occurred_at, $now) // 86400000 AS ago,
		date_diff('millisecond', occurred_at, $now) % 86400000 < 3600000 AS same_hour
	FROM events
	WHERE lane = $lane AND case_seq = 1 AND channel IS NOT NULL
		AND occurred_at > $now - to_days($days + 1) AND occurred_at <= $now
),
seen AS (SELECT DISTINCT ago FROM report WHERE ago > 0),
channels AS (SELECT DISTINCT channel FROM report),
per_day AS (
	SELECT c.channel, s.ago, count(r.ago) AS n
	FROM channels c
	CROSS JOIN seen s
	LEFT JOIN report r ON r.channel = c.channel AND r.ago = s.ago AND r.same_hour
	GROUP BY c.channel, s.ago
)
SELECT
	c.channel,
	(SELECT count(*) FROM report r WHERE r.channel = c.channel AND r.ago = 0 AND r.same_hour) AS last_hour,
	avg(d.n) AS usual,
	stddev_samp(d.n) AS spread,
	count(d.n) AS days
FROM channels c
LEFT JOIN per_day d ON d.channel = c.channel
GROUP BY c.channel
ORDER BY c.channel;
