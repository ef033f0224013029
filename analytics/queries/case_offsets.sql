-- Where the events of one case lie in the log, and now and then an event of another case that has the same key: who reads
-- them there sees which they are. Nothing but numbers is read.
SELECT "offset"
FROM events
WHERE lane = $lane
	AND case_key = $key
	AND "offset" >= coalesce($first, 0)
	AND "offset" <= coalesce($last, 9223372036854775807)
ORDER BY "offset";
