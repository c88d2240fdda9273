-- Every calendar that was ever counted with; doc is JSON.
CREATE TABLE kalender (
  versie INTEGER PRIMARY KEY,
  doc    TEXT NOT NULL
) STRICT;

CREATE TRIGGER kalender_blijft BEFORE UPDATE ON kalender
BEGIN SELECT RAISE(ABORT, 'a calendar never changes'); END;

-- The version of the calendar that computed the terms of a melding last. It is that
-- of doc, or a later one under which nothing of doc became another.
ALTER TABLE melding ADD COLUMN kalender INTEGER NOT NULL DEFAULT 0;

-- What is to be computed anew after a change: meldingen with an open term alone.
CREATE INDEX melding_kalender ON melding (kalender, id, termijn) WHERE termijn IS NOT NULL;
