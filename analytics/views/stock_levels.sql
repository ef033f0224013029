-- What each place holds: the last count and every move after it. NULL where nothing was ever counted: moves alone say no level.
CREATE VIEW stock_levels AS
WITH counted AS (
	SELECT lane, branch_id, product, max("offset") AS at, arg_max(quantity, "offset") AS quantity
	FROM stock_movements
	WHERE change = 'count'
	GROUP BY lane, branch_id, product
)
SELECT
	m.lane,
	m.branch_id,
	m.product,
	any_value(c.quantity) + coalesce(sum(m.quantity) FILTER (WHERE m.change = 'move' AND m."offset" > c.at), 0) AS quantity,
	arg_max(m.threshold, m."offset") AS threshold,
	max(m.occurred_at) AS changed_at
FROM stock_movements m
LEFT JOIN counted c ON c.lane = m.lane AND c.branch_id = m.branch_id AND c.product = m.product
GROUP BY m.lane, m.branch_id, m.product;
