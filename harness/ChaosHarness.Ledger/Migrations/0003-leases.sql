-- Who breaks a system right now, one row a system. All times are told by the clock of the database, in Unix milliseconds: those of the machines may differ.
-- A row stays when its lease is given back, so that the number of the next one is another: who was thought dead cannot renew what somebody else has by now.
CREATE TABLE leases (
    system TEXT NOT NULL PRIMARY KEY,
    token BIGINT NOT NULL,
    holder TEXT NOT NULL,
    place TEXT NOT NULL,
    renewed_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    left_behind TEXT NOT NULL
);
