-- The last word on each component of each site up to $at.
SELECT
	site,
	component,
	arg_max(status, "offset") AS status,
	max(occurred_at) AS at,
	arg_max(struct_pack(v := latency_ms), "offset").v AS latency_ms
FROM site_health
WHERE lane = $lane AND occurred_at <= $at
GROUP BY site, component
ORDER BY site, component;
