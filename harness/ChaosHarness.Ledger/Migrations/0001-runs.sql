-- One script for SQLite and PostgreSQL: only types that both know. Times are Unix milliseconds, durations microseconds, flags 0 or 1.
CREATE TABLE runs (
    run_id TEXT NOT NULL PRIMARY KEY,
    experiment_id TEXT NOT NULL,
    name TEXT NOT NULL,
    system TEXT NOT NULL,
    environment TEXT NOT NULL,
    topology TEXT NOT NULL,
    profile TEXT,
    branch TEXT,
    commit_id TEXT,
    build TEXT,
    build_url TEXT,
    host TEXT,
    seed BIGINT,
    started_at BIGINT NOT NULL,
    duration BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT,
    rto BIGINT,
    rpo_writes BIGINT,
    rpo_age BIGINT,
    availability_objective DOUBLE PRECISION,
    rta_lower BIGINT,
    rta_upper BIGINT,
    interrupted BIGINT,
    writes_acknowledged BIGINT,
    writes_lost BIGINT,
    writes_diverged BIGINT,
    rpa_age BIGINT,
    ttd_lower BIGINT,
    ttd_upper BIGINT,
    detected_by TEXT,
    good BIGINT,
    due BIGINT,
    latency_before_p99 BIGINT,
    latency_p50 BIGINT,
    latency_p99 BIGINT,
    latency_maximum BIGINT,
    capacity_lost DOUBLE PRECISION,
    evidence TEXT NOT NULL,
    labels TEXT NOT NULL
);

CREATE TABLE run_details (
    run_id TEXT NOT NULL PRIMARY KEY REFERENCES runs (run_id),
    hypothesis TEXT NOT NULL,
    faults TEXT NOT NULL,
    verdicts TEXT NOT NULL,
    breakers TEXT NOT NULL,
    latency_histogram TEXT NOT NULL,
    timeline TEXT NOT NULL,
    journal TEXT NOT NULL
);

CREATE INDEX runs_of_an_experiment ON runs (experiment_id, started_at);

-- Holds all that the totals of a scorecard need, so that they read an index and not the runs themselves.
CREATE INDEX runs_in_time ON runs (started_at, experiment_id, outcome, profile, evidence, labels, interrupted, rta_upper, ttd_upper, good, due, capacity_lost);
