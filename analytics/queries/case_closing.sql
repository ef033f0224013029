-- Where the events of a closed case lie in the log, if `last`, its last event, is the one that closed it.
SELECT event_offsets
FROM case_closings
WHERE lane = $lane
	AND closed_offset = $last
	AND case_id = $case;
