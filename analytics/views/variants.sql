-- How many cases took each path, and how long they took (median, ms).
CREATE VIEW variants AS
SELECT lane, variant, count(*) AS cases, median(duration_ms) AS median_duration_ms
FROM case_variants
GROUP BY lane, variant;
