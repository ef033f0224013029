-- One row per branch visit that ended; a step that was not seen is NULL.
CREATE TABLE visits (
	lane VARCHAR NOT NULL,
	visit_id VARCHAR NOT NULL,
	branch_id VARCHAR NOT NULL,
	case_id VARCHAR,
	ticket_at TIMESTAMPTZ,
	called_at TIMESTAMPTZ,
	material_at TIMESTAMPTZ,
	system_at TIMESTAMPTZ,
	-- when the visit was completed, or abandoned
	completed_at TIMESTAMPTZ NOT NULL,
	wait_ms BIGINT,
	handling_ms BIGINT,
	teller VARCHAR,
	abandoned BOOLEAN NOT NULL
);
-- count: quantity is what was counted. move: quantity is what came (+) or went (-). threshold: what there was below it.
CREATE TABLE stock_movements (
	lane VARCHAR NOT NULL,
	"offset" BIGINT NOT NULL,
	occurred_at TIMESTAMPTZ NOT NULL,
	branch_id VARCHAR NOT NULL,
	product VARCHAR NOT NULL,
	change stock_change NOT NULL,
	quantity BIGINT NOT NULL,
	threshold BIGINT,
	reason VARCHAR,
	counterpart VARCHAR,
	transfer_id VARCHAR
);
CREATE TABLE device_changes (
	lane VARCHAR NOT NULL,
	"offset" BIGINT NOT NULL,
	occurred_at TIMESTAMPTZ NOT NULL,
	device_id VARCHAR NOT NULL,
	branch_id VARCHAR NOT NULL,
	kind VARCHAR,
	status device_status NOT NULL,
	reason VARCHAR
);
CREATE TABLE site_health (
	lane VARCHAR NOT NULL,
	"offset" BIGINT NOT NULL,
	occurred_at TIMESTAMPTZ NOT NULL,
	site VARCHAR NOT NULL,
	component VARCHAR NOT NULL,
	status device_status NOT NULL,
	latency_ms DOUBLE,
	error_rate DOUBLE
);
CREATE TABLE branch_openings (
	lane VARCHAR NOT NULL,
	"offset" BIGINT NOT NULL,
	occurred_at TIMESTAMPTZ NOT NULL,
	branch_id VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	province VARCHAR NOT NULL,
	city VARCHAR NOT NULL,
	latitude DOUBLE,
	longitude DOUBLE,
	windows INTEGER,
	kiosks INTEGER,
	instant_device BOOLEAN
);
