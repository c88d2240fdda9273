-- The terms of meldingen, computed from doc at every write of their melding; nr is
-- the number in it. afloop is how a term ended, empty as long as it is open.
CREATE TABLE termijn (
  melding     TEXT NOT NULL,
  nr          INTEGER NOT NULL,
  soort       TEXT NOT NULL,    -- with a slash and the party, where it is of one
  start       INTEGER NOT NULL,
  eind        INTEGER NOT NULL,
  aandacht    INTEGER NOT NULL,
  voldaan     INTEGER NOT NULL, -- 0: it is open
  afloop      TEXT NOT NULL,
  aanbieder   TEXT NOT NULL,    -- empty: no provider named
  sector      TEXT NOT NULL,
  behandelaar TEXT NOT NULL,    -- empty: nobody
  PRIMARY KEY (melding, nr)
) STRICT, WITHOUT ROWID;

-- A list of open terms has an index per filter by one value; behind the order
-- stands what else is filtered on.
CREATE INDEX termijn_eind ON termijn (eind, melding, nr, soort, aandacht, sector, aanbieder, behandelaar) WHERE afloop = '';
CREATE INDEX termijn_soort ON termijn (soort, eind, melding, nr, aandacht, sector, aanbieder, behandelaar) WHERE afloop = '';
CREATE INDEX termijn_aanbieder ON termijn (aanbieder, eind, melding, nr, soort, aandacht, sector, behandelaar) WHERE afloop = '' AND aanbieder <> '';
CREATE INDEX termijn_behandelaar ON termijn (behandelaar, eind, melding, nr, soort, aandacht, sector, aanbieder) WHERE afloop = '' AND behandelaar <> '';

-- The answers of a provider to complaints, those that are open as well.
CREATE INDEX termijn_antwoord ON termijn (aanbieder, eind, melding, nr, sector, afloop, behandelaar) WHERE soort = 'reactie_aanbieder' AND aanbieder <> '';

-- How many open terms are alike in what totals are made of, so that a total over all
-- is some hundreds of rows.
CREATE TABLE termijn_telling (
  eind     INTEGER NOT NULL,
  soort    TEXT NOT NULL,
  aandacht INTEGER NOT NULL,
  sector   TEXT NOT NULL,
  aantal   INTEGER NOT NULL,
  PRIMARY KEY (eind, soort, aandacht, sector)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER termijn_bij AFTER INSERT ON termijn WHEN new.afloop = '' BEGIN
  INSERT INTO termijn_telling (eind, soort, aandacht, sector, aantal) VALUES (new.eind, new.soort, new.aandacht, new.sector, 1)
  ON CONFLICT (eind, soort, aandacht, sector) DO UPDATE SET aantal = aantal + 1;
END;

CREATE TRIGGER termijn_af AFTER DELETE ON termijn WHEN old.afloop = '' BEGIN
  UPDATE termijn_telling SET aantal = aantal - 1
  WHERE eind = old.eind AND soort = old.soort AND aandacht = old.aandacht AND sector = old.sector;
  DELETE FROM termijn_telling
  WHERE eind = old.eind AND soort = old.soort AND aandacht = old.aandacht AND sector = old.sector AND aantal = 0;
END;

CREATE TRIGGER termijn_nieuw AFTER UPDATE ON termijn WHEN new.afloop = '' BEGIN
  INSERT INTO termijn_telling (eind, soort, aandacht, sector, aantal) VALUES (new.eind, new.soort, new.aandacht, new.sector, 1)
  ON CONFLICT (eind, soort, aandacht, sector) DO UPDATE SET aantal = aantal + 1;
END;

CREATE TRIGGER termijn_oud AFTER UPDATE ON termijn WHEN old.afloop = '' BEGIN
  UPDATE termijn_telling SET aantal = aantal - 1
  WHERE eind = old.eind AND soort = old.soort AND aandacht = old.aandacht AND sector = old.sector;
  DELETE FROM termijn_telling
  WHERE eind = old.eind AND soort = old.soort AND aandacht = old.aandacht AND sector = old.sector AND aantal = 0;
END;

-- What is kept already: an extension counts when it was told before the end, and
-- before the term was met.
INSERT INTO termijn
SELECT m.id, coalesce(t.value ->> 'nr', t.key + 1), (t.value ->> 'soort') || coalesce('/' || (t.value ->> 'partij'), ''), t.value ->> 'start', t.value ->> 'einddatum', t.value ->> 'aandacht',
  coalesce(t.value ->> 'voldaanOp', 0),
  CASE
    WHEN t.value ->> 'voldaanOp' IS NULL THEN iif(t.value ->> 'beeindigdOp' IS NULL, '', 'nooit')
    WHEN t.value ->> 'voldaanOp' > t.value ->> 'einddatum' THEN 'te_laat'
    WHEN t.value ->> 'nadereTermijnTot' IS NOT NULL AND coalesce(t.value ->> 'nadereAkkoord', 0) <= t.value ->> 'voldaanOp'
      OR t.value ->> 'verlengdOp' <= min(t.value ->> 'einddatum', t.value ->> 'voldaanOp') THEN 'verlengd'
    ELSE 'op_tijd'
  END,
  coalesce(m.aanbieder, ''), m.sector, coalesce(m.doc ->> 'behandelaar', '')
FROM melding m, json_each(m.doc, '$.termijnen') t WHERE t.key IS NOT NULL;
