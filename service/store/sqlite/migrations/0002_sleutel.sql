-- What the first request with an Idempotency-Key fixed.
CREATE TABLE sleutel (
  naam   TEXT NOT NULL PRIMARY KEY,
  digest TEXT NOT NULL,
  id     TEXT NOT NULL,
  moment INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
