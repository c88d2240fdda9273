-- The decision log. Moments are milliseconds since 1970 in UTC, dates are the
-- number yyyymmdd, lists are JSON; invoer is the very text the policy saw.
-- A table with a rowid: an entry is about 2 kB, and two of them fit on a page
-- there; without a rowid every entry would take a page of overflow as well.
CREATE TABLE advies (
  id                  TEXT NOT NULL PRIMARY KEY,
  opgesteld_op        INTEGER NOT NULL,
  peildatum           INTEGER NOT NULL,
  actor               TEXT NOT NULL,
  rol                 TEXT NOT NULL,
  advies              TEXT NOT NULL,
  criteria            TEXT NOT NULL, -- [["code","uitkomst"], ...]
  stappen             TEXT NOT NULL, -- ["code", ...]
  laagste             TEXT,          -- null: no bandbreedte was asked for
  hoogste             TEXT,
  ontbrekend          TEXT,          -- ["melding.feiten...", ...]
  beleid_versie       INTEGER NOT NULL,
  beleid_digest       TEXT NOT NULL,
  beleid_geldig_vanaf INTEGER NOT NULL,
  kalender_digest     TEXT NOT NULL,
  motor               TEXT NOT NULL,
  invoer              TEXT
) STRICT;

CREATE TRIGGER advies_blijft BEFORE UPDATE ON advies
BEGIN SELECT RAISE(ABORT, 'an entry of the decision log never changes'); END;

CREATE TABLE beleidspakket (
  digest        TEXT NOT NULL PRIMARY KEY,
  bron          BLOB,
  catalogus     TEXT NOT NULL, -- JSON
  wasm          BLOB,
  motor         TEXT NOT NULL,
  vastgelegd_op INTEGER NOT NULL
) STRICT;

CREATE TABLE activering (
  versie       INTEGER PRIMARY KEY,
  digest       TEXT NOT NULL REFERENCES beleidspakket (digest),
  geldig_vanaf INTEGER NOT NULL,
  door         TEXT NOT NULL,
  reden        TEXT NOT NULL
) STRICT;

-- One row that a Ping writes to, so that it knows that writing works.
CREATE TABLE hartslag (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  slag INTEGER NOT NULL
) STRICT;

INSERT INTO hartslag (id, slag) VALUES (1, 0);
