-- One row. "offset" is the next log offset to project: every event below it is in the tables, none from it on.
CREATE TABLE meta (
	schema_version INTEGER NOT NULL,
	schema_hash VARCHAR NOT NULL,
	policy_hash VARCHAR NOT NULL,
	"offset" BIGINT NOT NULL
);
-- Rebuilt off the live path; empty until the first rebuild. hour_of_week 0 is Monday 00:00 in the bank's zone.
CREATE TABLE heatmap_summary (
	lane VARCHAR,
	branch_id VARCHAR,
	hour_of_week SMALLINT,
	volume INTEGER,
	wait_n INTEGER,
	wait_p90 DOUBLE,
	handling_n INTEGER,
	handling_p90 DOUBLE,
	overtime INTEGER,
	target_ms DOUBLE,
	range_from TIMESTAMPTZ,
	range_to TIMESTAMPTZ
);
