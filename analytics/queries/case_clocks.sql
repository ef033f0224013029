-- Ended clock runs of one case.
SELECT clock, started_at, due_at, ended_at, spent_ms, target_ms, met, provisional
FROM clock_runs
WHERE lane = $lane AND case_id = $case
ORDER BY started_at, clock;
