-- The latest word on each branch.
CREATE VIEW branches AS
SELECT lane, branch_id, name, province, city, latitude, longitude, windows, kiosks, instant_device, occurred_at AS since
FROM branch_openings
QUALIFY row_number() OVER (PARTITION BY lane, branch_id ORDER BY "offset" DESC) = 1;
