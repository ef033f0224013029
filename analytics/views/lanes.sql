CREATE VIEW lanes AS
SELECT
	lane,
	count(*) AS events,
	min("offset") AS first_offset,
	max("offset") AS last_offset,
	min(occurred_at) AS first_at,
	max(occurred_at) AS last_at
FROM events
GROUP BY lane;
