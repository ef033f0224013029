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
	volume BIGINT,
	wait_n BIGINT,
	wait_p90 BIGINT,
	handling_n BIGINT,
	handling_p90 BIGINT,
	overtime BIGINT,
	target_ms BIGINT,
	range_from TIMESTAMPTZ,
	range_to TIMESTAMPTZ
);
