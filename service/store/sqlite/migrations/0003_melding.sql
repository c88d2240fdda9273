-- A melding is one document that is replaced whole. id, rev, kenmerk and client
-- stand here only, all else stands in doc; the columns between are computed from
-- it at every write, to find and to count by. Columns after doc are not read when
-- it is: they lie on later pages.
CREATE TABLE melding (
  nr           INTEGER PRIMARY KEY,
  id           TEXT NOT NULL UNIQUE,
  rev          INTEGER NOT NULL,
  kenmerk      TEXT NOT NULL UNIQUE,
  client       TEXT NOT NULL,
  klantkenmerk TEXT,             -- null: none was given
  status       TEXT NOT NULL,
  advies       TEXT NOT NULL,
  aanbieder    TEXT,             -- null: no provider named
  sector       TEXT NOT NULL,
  dag          INTEGER NOT NULL,
  kwartaal     INTEGER NOT NULL, -- of dag: quarters of a year since year 0
  ontvangen_op INTEGER NOT NULL,
  gewijzigd_op INTEGER NOT NULL,
  termijn      TEXT,             -- null: no term is open
  urgentie     TEXT NOT NULL,
  controle     INTEGER,          -- null: nothing to wait for
  telt         INTEGER NOT NULL,
  ernstig      INTEGER NOT NULL,
  doc          TEXT NOT NULL,
  eerste       TEXT              -- doc as first kept; null: it was never replaced
) STRICT;

CREATE UNIQUE INDEX melding_klantkenmerk ON melding (klantkenmerk, client) WHERE klantkenmerk IS NOT NULL;
CREATE INDEX melding_controle ON melding (controle, id) WHERE controle IS NOT NULL;

-- A list has an index per order, and per order and filter. Behind the order stands
-- what else is filtered on, so that a row that does not pass is never read.
-- melding_aanbieder_ontvangst also counts the signals of a provider.
CREATE INDEX melding_urgentie ON melding (urgentie, status, advies, sector, termijn, dag, gewijzigd_op);
CREATE INDEX melding_ontvangst ON melding (dag, ontvangen_op, id, status, advies, sector, termijn, gewijzigd_op);
CREATE INDEX melding_wijziging ON melding (gewijzigd_op, id, status, advies, sector, termijn, dag);

CREATE INDEX melding_status_urgentie ON melding (status, urgentie, advies, sector, termijn, dag, gewijzigd_op);
CREATE INDEX melding_status_ontvangst ON melding (status, dag, ontvangen_op, id, advies, sector, termijn, gewijzigd_op);
CREATE INDEX melding_status_wijziging ON melding (status, gewijzigd_op, id, advies, sector, termijn, dag);

CREATE INDEX melding_advies_urgentie ON melding (advies, urgentie, status, sector, termijn, dag, gewijzigd_op);
CREATE INDEX melding_advies_ontvangst ON melding (advies, dag, ontvangen_op, id, status, sector, termijn, gewijzigd_op);
CREATE INDEX melding_advies_wijziging ON melding (advies, gewijzigd_op, id, status, sector, termijn, dag);

CREATE INDEX melding_aanbieder_urgentie ON melding (aanbieder, urgentie, status, advies, sector, termijn, dag, gewijzigd_op) WHERE aanbieder IS NOT NULL;
CREATE INDEX melding_aanbieder_ontvangst ON melding (aanbieder, dag, ontvangen_op, id, telt, ernstig, status, advies, sector, termijn, gewijzigd_op) WHERE aanbieder IS NOT NULL;
CREATE INDEX melding_aanbieder_wijziging ON melding (aanbieder, gewijzigd_op, id, status, advies, sector, termijn, dag) WHERE aanbieder IS NOT NULL;

CREATE INDEX melding_sector_urgentie ON melding (sector, urgentie, status, advies, termijn, dag, gewijzigd_op);
CREATE INDEX melding_sector_ontvangst ON melding (sector, dag, ontvangen_op, id, status, advies, termijn, gewijzigd_op);
CREATE INDEX melding_sector_wijziging ON melding (sector, gewijzigd_op, id, status, advies, termijn, dag);

CREATE INDEX melding_termijn_urgentie ON melding (termijn, urgentie, status, advies, sector, dag, gewijzigd_op) WHERE termijn IS NOT NULL;
CREATE INDEX melding_termijn_ontvangst ON melding (termijn, dag, ontvangen_op, id, status, advies, sector, gewijzigd_op) WHERE termijn IS NOT NULL;
CREATE INDEX melding_termijn_wijziging ON melding (termijn, gewijzigd_op, id, status, advies, sector, dag) WHERE termijn IS NOT NULL;

-- The meldingen of some days in another order than theirs are those of a few
-- quarters, each in that order.
CREATE INDEX melding_kwartaal_urgentie ON melding (kwartaal, urgentie, status, advies, sector, termijn, dag, gewijzigd_op);
CREATE INDEX melding_kwartaal_wijziging ON melding (kwartaal, gewijzigd_op, id, status, advies, sector, termijn, dag);

-- naamvorm and vorm are the name, and the name and place, as they are compared.
CREATE TABLE aanbieder (
  id               TEXT NOT NULL PRIMARY KEY,
  naam             TEXT NOT NULL,
  plaats           TEXT NOT NULL,
  kvknummer        TEXT NOT NULL,
  vestigingsnummer TEXT NOT NULL,
  agbcode          TEXT NOT NULL,
  naamvorm         TEXT NOT NULL,
  vorm             TEXT NOT NULL
) STRICT;

CREATE INDEX aanbieder_naam ON aanbieder (naamvorm, id, vorm, kvknummer, vestigingsnummer, agbcode);

-- The names under which a provider is unique. None moves to another provider.
CREATE TABLE aanbieder_sleutel (
  sleutel   TEXT NOT NULL PRIMARY KEY,
  aanbieder TEXT NOT NULL REFERENCES aanbieder (id)
) STRICT, WITHOUT ROWID;

-- Providers whose counts changed from the day vanaf on. A number is never given
-- twice, so that a note made again is another one.
CREATE TABLE herteling (
  nr        INTEGER PRIMARY KEY AUTOINCREMENT,
  aanbieder TEXT NOT NULL UNIQUE,
  vanaf     INTEGER NOT NULL
) STRICT;
