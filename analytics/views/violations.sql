CREATE VIEW violations AS
SELECT lane, "offset", occurred_at, type, activity, case_id, stage, branch_id, violation
FROM events
WHERE violation IS NOT NULL;
