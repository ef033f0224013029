-- The last state of each device up to $at.
SELECT device_id, any_value(branch_id) AS branch_id, arg_max(status, "offset") AS status, max(occurred_at) AS at
FROM device_changes
WHERE lane = $lane AND occurred_at <= $at
GROUP BY device_id
ORDER BY device_id;
