SELECT lane, events, first_offset, last_offset, first_at, last_at
FROM lanes
ORDER BY lane;
