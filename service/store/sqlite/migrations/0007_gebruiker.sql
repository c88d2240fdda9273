-- The people of the office, and their turns on duty.
CREATE TABLE gebruiker (
  id     TEXT NOT NULL PRIMARY KEY,
  versie INTEGER NOT NULL,
  agenda TEXT NOT NULL, -- empty: no calendar feed
  doc    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX gebruiker_agenda ON gebruiker (agenda) WHERE agenda <> '';

CREATE TABLE dienst (
  id        TEXT NOT NULL PRIMARY KEY,
  gebruiker TEXT NOT NULL,
  van       INTEGER NOT NULL,
  tot       INTEGER NOT NULL,
  volgorde  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who asks for the turns of a period reads those that end after its begin: few, as
-- long as the period is not long ago.
CREATE INDEX dienst_tot ON dienst (tot, van, volgorde, gebruiker, id);

-- The lists of who handles meldingen.
ALTER TABLE melding ADD COLUMN behandelaar TEXT; -- null: nobody
UPDATE melding SET behandelaar = doc ->> 'behandelaar' WHERE doc ->> 'behandelaar' <> '';

CREATE INDEX melding_behandelaar_urgentie ON melding (behandelaar, urgentie, status, advies, sector, termijn, dag, gewijzigd_op) WHERE behandelaar IS NOT NULL;
CREATE INDEX melding_behandelaar_ontvangst ON melding (behandelaar, dag, ontvangen_op, id, status, advies, sector, termijn, gewijzigd_op) WHERE behandelaar IS NOT NULL;
CREATE INDEX melding_behandelaar_wijziging ON melding (behandelaar, gewijzigd_op, id, status, advies, sector, termijn, dag) WHERE behandelaar IS NOT NULL;
