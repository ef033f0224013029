-- One row per event in arrival order, enriched from the case's state so that questions need no window functions.
-- No key, no index: rows are only ever appended, and zone maps on the time columns bound every scan.
CREATE TABLE events (
	lane VARCHAR NOT NULL,
	"offset" BIGINT NOT NULL,
	recorded_at TIMESTAMPTZ NOT NULL,
	occurred_at TIMESTAMPTZ NOT NULL,
	type event_type NOT NULL,
	-- the event's short name, or the step's own name where the process is generic
	activity VARCHAR NOT NULL,
	case_id VARCHAR,
	-- 32 bits of case_id, by which the events of one case are found
	case_key INTEGER,
	case_seq INTEGER,
	-- stage after the event; from_stage is the stage before it
	stage case_stage,
	from_stage case_stage,
	-- set where the event left from_stage: ms spent in it
	dwell_ms BIGINT,
	branch_id VARCHAR,
	channel VARCHAR,
	tier VARCHAR,
	resource VARCHAR,
	lifecycle VARCHAR,
	-- code of the conformance violation that the event was
	violation VARCHAR
);
