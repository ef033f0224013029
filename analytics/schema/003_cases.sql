-- One row per stage that a case has left.
CREATE TABLE stage_spans (
	lane VARCHAR NOT NULL,
	case_id VARCHAR NOT NULL,
	stage case_stage NOT NULL,
	started_at TIMESTAMPTZ NOT NULL,
	ended_at TIMESTAMPTZ NOT NULL,
	dwell_ms BIGINT NOT NULL,
	branch_id VARCHAR,
	channel VARCHAR,
	tier VARCHAR,
	-- longer than the target of the clock that watches the stage; NULL where none does
	overtime BOOLEAN
);
-- One row per ended run of an SLA clock. met is NULL where the run was cancelled.
CREATE TABLE clock_runs (
	lane VARCHAR NOT NULL,
	case_id VARCHAR NOT NULL,
	clock VARCHAR NOT NULL,
	started_at TIMESTAMPTZ NOT NULL,
	due_at TIMESTAMPTZ,
	ended_at TIMESTAMPTZ NOT NULL,
	spent_ms BIGINT,
	target_ms BIGINT,
	met BOOLEAN,
	branch_id VARCHAR,
	channel VARCHAR,
	tier VARCHAR,
	provisional BOOLEAN NOT NULL
);
-- One row per closed case, written by the event that closed it.
CREATE TABLE case_closings (
	lane VARCHAR NOT NULL,
	case_id VARCHAR NOT NULL,
	opened_at TIMESTAMPTZ NOT NULL,
	closed_at TIMESTAMPTZ NOT NULL,
	outcome VARCHAR,
	duration_ms BIGINT NOT NULL,
	events INTEGER NOT NULL,
	violations INTEGER NOT NULL,
	stage case_stage NOT NULL,
	stage_since TIMESTAMPTZ NOT NULL,
	activity VARCHAR NOT NULL,
	channel VARCHAR,
	branch_id VARCHAR,
	tier VARCHAR,
	segment VARCHAR,
	product VARCHAR,
	way VARCHAR,
	owner VARCHAR,
	-- the offset of the event that closed it, and of all its events until then, as distances in base 36
	closed_offset BIGINT NOT NULL,
	event_offsets VARCHAR
);
