SELECT count(*) AS total, max("offset") AS last
FROM events
WHERE lane = $lane AND ($type IS NULL OR type::VARCHAR = $type) AND ($case IS NULL OR case_id = $case);
