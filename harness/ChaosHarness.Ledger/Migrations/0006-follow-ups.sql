-- What runs showed that has to be mended: who sees to it, and by when. What is opened stays as it was opened; what becomes of it is an event.
-- Times are Unix milliseconds, days texts such as 2026-12-31, flags 0 or 1.
CREATE TABLE follow_ups (
    follow_up_no {number},
    run_id TEXT NOT NULL,
    shown_at BIGINT NOT NULL,
    experiment_id TEXT NOT NULL,
    experiment_name TEXT NOT NULL,
    parameters TEXT NOT NULL,
    system TEXT NOT NULL,
    environment TEXT NOT NULL,
    what TEXT NOT NULL,
    severity TEXT NOT NULL,
    owner TEXT NOT NULL,
    due TEXT NOT NULL,
    proved_by TEXT NOT NULL,
    closes_itself BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    opened_by TEXT NOT NULL
);

CREATE TABLE follow_up_events (
    event_no {number},
    follow_up_no BIGINT NOT NULL,
    happened_at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    run_id TEXT,
    person TEXT,
    why TEXT
);
CREATE INDEX events_of_a_follow_up ON follow_up_events (follow_up_no);
