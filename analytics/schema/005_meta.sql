-- One row. "offset" is the next log offset to project: every event below it is in the tables, none from it on.
CREATE TABLE meta (
	schema_version INTEGER NOT NULL,
	schema_hash VARCHAR NOT NULL,
	policy_hash VARCHAR NOT NULL,
	"offset" BIGINT NOT NULL
);
