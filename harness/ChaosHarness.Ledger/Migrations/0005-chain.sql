-- Everything that was appended, in the order in which it was. Each record has a hash over what it says and over the hash of the one before, so that
-- nothing can be changed, taken out or put in without being noticed: see docs/evidence.md. What was there before is found and hashed by the first who opens
-- the ledger or appends to it: no script can do that in both databases.
-- Marks are two bytes a field: they name what differs where a hash can only say that something does.
CREATE TABLE records (
    record_no {number},
    kind TEXT NOT NULL,
    item_no BIGINT NOT NULL,
    item_id TEXT NOT NULL,
    found_at BIGINT,
    follows BIGINT NOT NULL,
    hash {bytes} NOT NULL,
    marks {bytes} NOT NULL
);
