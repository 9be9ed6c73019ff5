-- Who started a run, which evidence has to name. Of earlier ones nobody wrote it down.
ALTER TABLE runs ADD COLUMN started_by TEXT;
