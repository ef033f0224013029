-- What each place of a lane holds; quantity is null where nothing was ever counted.
SELECT branch_id, product, quantity, threshold, changed_at
FROM stock_levels
WHERE lane = $lane
ORDER BY branch_id, product;
