SELECT branch_id, name, province, city, latitude, longitude, windows, kiosks, instant_device
FROM branches
WHERE lane = $lane
ORDER BY branch_id;
