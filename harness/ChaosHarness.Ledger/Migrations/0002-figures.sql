-- Figures as rows, and what runs have in common as numbers. One script for SQLite and PostgreSQL: where they differ, a word in braces stands for what
-- each calls it. Times of the wall clock are Unix milliseconds, the duration of a run microseconds, flags 0 or 1.
ALTER TABLE runs RENAME TO wide_runs;
ALTER TABLE run_details RENAME TO wide_details;
DROP INDEX runs_of_an_experiment;
DROP INDEX runs_in_time;

-- What may be compared with each other. No profile is an empty one, so that it is equal to itself.
CREATE TABLE series (
    series_no {number},
    experiment_id TEXT NOT NULL,
    parameters TEXT NOT NULL,
    system TEXT NOT NULL,
    environment TEXT NOT NULL,
    topology TEXT NOT NULL,
    profile TEXT NOT NULL
);
CREATE UNIQUE INDEX series_once ON series ({once:experiment_id, parameters, system, environment, topology, profile});

CREATE TABLE kinds (
    kind_no {number},
    outcome TEXT NOT NULL,
    evidence TEXT NOT NULL,
    labels TEXT NOT NULL
);
CREATE UNIQUE INDEX kinds_once ON kinds ({once:outcome, evidence, labels});

CREATE TABLE figure_names (
    figure_no {number},
    name TEXT NOT NULL,
    subject TEXT NOT NULL,
    unit TEXT NOT NULL,
    better TEXT NOT NULL
);
CREATE UNIQUE INDEX figure_names_once ON figure_names ({once:name, subject, unit, better});

-- A run that a later attempt of its test replaced is kept and not counted.
CREATE TABLE runs (
    run_no {number},
    run_id TEXT NOT NULL,
    series_no BIGINT NOT NULL,
    kind_no BIGINT NOT NULL,
    attempt BIGINT NOT NULL,
    replaced BIGINT NOT NULL,
    name TEXT NOT NULL,
    branch TEXT,
    commit_id TEXT,
    build TEXT,
    build_url TEXT,
    host TEXT,
    seed BIGINT,
    started_at BIGINT NOT NULL,
    duration BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    reason TEXT
);

-- An exact value has no upper bound of its own; what was looked for and not found has an infinite one; what nobody looked for has no row.
-- No foreign key: a run and its figures are written in one transaction, and looking the run up once a figure would cost more than the figure.
CREATE TABLE figures (
    run_no BIGINT NOT NULL,
    figure_no BIGINT NOT NULL,
    lower DOUBLE PRECISION,
    upper DOUBLE PRECISION,
    objective DOUBLE PRECISION,
    met BIGINT,
    PRIMARY KEY (run_no, figure_no)
) {clustered};

CREATE TABLE details (
    run_no BIGINT NOT NULL PRIMARY KEY,
    hypothesis TEXT NOT NULL,
    faults TEXT NOT NULL,
    verdicts TEXT NOT NULL,
    breakers TEXT NOT NULL,
    latency_histogram TEXT,
    timeline TEXT NOT NULL,
    journal TEXT NOT NULL
);

INSERT INTO series (experiment_id, parameters, system, environment, topology, profile)
SELECT DISTINCT experiment_id, '{}', system, environment, topology, COALESCE(profile, '') FROM wide_runs;

-- The evidence gets two words that were a column, or could not be told: that users were interrupted, and that the faults had any effect at all.
CREATE VIEW wide AS SELECT
    w.*,
    COALESCE(profile, '') AS profile_or_none,
    TRIM(evidence
        || CASE WHEN interrupted = 1 THEN ' interrupted' ELSE '' END
        || CASE WHEN interrupted = 1 OR good < due OR writes_lost > 0 OR evidence LIKE '%detected%' OR evidence LIKE '%breaker-moved%' OR evidence LIKE '%failed-over%'
            THEN ' effect-seen' ELSE '' END) AS words
FROM wide_runs w;

INSERT INTO kinds (outcome, evidence, labels) SELECT DISTINCT outcome, words, labels FROM wide;

-- CROSS JOIN is the order in which SQLite goes about it: the runs in the order of the file, looked up by what the indexes hold.
INSERT INTO runs (run_id, series_no, kind_no, attempt, replaced, name, branch, commit_id, build, build_url, host, seed, started_at, duration, recorded_at, reason)
SELECT w.run_id, s.series_no, k.kind_no, 1, 0, w.name, w.branch, w.commit_id, w.build, w.build_url, w.host, w.seed, w.started_at, w.duration, w.recorded_at, w.reason
FROM wide w CROSS JOIN series s CROSS JOIN kinds k
WHERE s.experiment_id = w.experiment_id AND s.parameters = '{}' AND s.system = w.system AND s.environment = w.environment AND s.topology = w.topology AND s.profile = w.profile_or_none
    AND k.outcome = w.outcome AND k.evidence = w.words AND k.labels = w.labels;
CREATE UNIQUE INDEX runs_once ON runs (run_id);

INSERT INTO figure_names (figure_no, name, subject, unit, better)
SELECT n.figure_no, n.name, '', n.unit, n.better
FROM (
    SELECT 1 AS figure_no, 'recovery time' AS name, 's' AS unit, 'Lower' AS better
    UNION ALL SELECT 2, 'unseen interruption', 's', 'Lower'
    UNION ALL SELECT 3, 'availability', 'ratio', 'Higher'
    UNION ALL SELECT 4, 'due requests', 'count', 'Neither'
    UNION ALL SELECT 5, 'acknowledged writes', 'count', 'Neither'
    UNION ALL SELECT 6, 'lost writes', 'count', 'Lower'
    UNION ALL SELECT 7, 'diverged writes', 'count', 'Lower'
    UNION ALL SELECT 8, 'recovery point', 's', 'Lower'
    UNION ALL SELECT 9, 'time to detect', 's', 'Lower'
    UNION ALL SELECT 10, 'latency before p99', 's', 'Neither'
    UNION ALL SELECT 11, 'latency p50', 's', 'Lower'
    UNION ALL SELECT 12, 'latency p99', 's', 'Lower'
    UNION ALL SELECT 13, 'latency p100', 's', 'Lower'
    UNION ALL SELECT 14, 'capacity lost', 'ratio', 'Neither'
) n
WHERE EXISTS (SELECT 1 FROM runs);
INSERT INTO figure_names (name, subject, unit, better)
SELECT DISTINCT 'time to detect', detected_by, 's', 'Lower' FROM wide_runs WHERE ttd_lower IS NOT NULL AND detected_by <> '';

INSERT INTO figures (run_no, figure_no, lower, upper, objective, met)
SELECT
    v.run_no, v.figure_no, v.lower, NULLIF(v.upper, v.lower), v.objective,
    CASE WHEN v.objective IS NULL THEN NULL WHEN v.figure_no = 3 AND v.lower >= v.objective OR v.figure_no <> 3 AND COALESCE(v.upper, v.lower) <= v.objective THEN 1 ELSE 0 END
FROM (
    SELECT
        r.run_no,
        n.figure_no,
        CASE n.figure_no
            WHEN 1 THEN w.rta_lower / 1e6
            WHEN 2 THEN CASE WHEN w.interrupted = 0 AND w.rta_upper IS NOT NULL THEN 0 END
            WHEN 3 THEN CASE WHEN w.due > 0 THEN CAST(w.good AS DOUBLE PRECISION) / w.due END
            WHEN 4 THEN w.due
            WHEN 5 THEN w.writes_acknowledged
            WHEN 6 THEN w.writes_lost
            WHEN 7 THEN w.writes_diverged
            WHEN 8 THEN w.rpa_age / 1e6
            WHEN 9 THEN w.ttd_lower / 1e6
            WHEN 10 THEN w.latency_before_p99 / 1e6
            WHEN 11 THEN w.latency_p50 / 1e6
            WHEN 12 THEN w.latency_p99 / 1e6
            WHEN 13 THEN w.latency_maximum / 1e6
            WHEN 14 THEN w.capacity_lost
            ELSE CASE WHEN n.subject = w.detected_by THEN w.ttd_lower / 1e6 END
        END AS lower,
        CASE n.figure_no
            WHEN 1 THEN COALESCE(w.rta_upper / 1e6, {never})
            WHEN 2 THEN w.rta_upper / 1e6
            ELSE CASE WHEN n.name = 'time to detect' THEN COALESCE(w.ttd_upper / 1e6, {never}) END
        END AS upper,
        CASE n.figure_no WHEN 1 THEN w.rto / 1e6 WHEN 3 THEN w.availability_objective WHEN 6 THEN w.rpo_writes WHEN 8 THEN w.rpo_age / 1e6 END AS objective
    FROM wide_runs w CROSS JOIN runs r CROSS JOIN figure_names n
    WHERE r.run_id = w.run_id
) v
WHERE v.lower IS NOT NULL;

INSERT INTO details (run_no, hypothesis, faults, verdicts, breakers, latency_histogram, timeline, journal)
SELECT r.run_no, w.hypothesis, w.faults, w.verdicts, w.breakers, w.latency_histogram, w.timeline, w.journal
FROM wide_details w CROSS JOIN runs r
WHERE r.run_id = w.run_id;

DROP VIEW wide;
DROP TABLE wide_details;
DROP TABLE wide_runs;

CREATE INDEX runs_of_a_series ON runs (series_no, started_at);

-- Holds all that the totals of a scorecard count, so that they read an index and not the runs themselves.
CREATE INDEX runs_in_time ON runs (started_at, series_no, kind_no, replaced);
