-- Both are computed from doc at every write, to find by: the day of the next
-- reminder, and the moment of the next round of an alarm.
ALTER TABLE melding ADD COLUMN herinnering INTEGER;    -- null: there is none to give
ALTER TABLE melding ADD COLUMN alarm_volgende INTEGER; -- null: no alarm is open

CREATE INDEX melding_herinnering ON melding (herinnering, id) WHERE herinnering IS NOT NULL;
CREATE INDEX melding_alarm ON melding (alarm_volgende, id) WHERE alarm_volgende IS NOT NULL;

-- The alarms of meldingen, computed from doc at every write of their melding; nr is
-- the place in it. A moment that did not happen is 0.
CREATE TABLE alarm (
  melding    TEXT NOT NULL,
  nr         INTEGER NOT NULL,
  advies     TEXT NOT NULL,
  sinds      INTEGER NOT NULL,
  rondes     INTEGER NOT NULL,
  laatste    INTEGER NOT NULL,
  aangenomen INTEGER NOT NULL,
  door       TEXT NOT NULL,
  verzoek    TEXT NOT NULL,
  vervallen  INTEGER NOT NULL,
  PRIMARY KEY (melding, nr)
) STRICT, WITHOUT ROWID;

CREATE INDEX alarm_sinds ON alarm (sinds, melding, nr);
CREATE INDEX alarm_open ON alarm (sinds, melding, nr) WHERE aangenomen = 0 AND vervallen = 0;

-- What users and other systems are told. doc never changes; it holds all but what
-- stands behind it, of which a moment that did not happen is 0.
CREATE TABLE bericht (
  id        TEXT NOT NULL PRIMARY KEY,
  soort     TEXT NOT NULL,
  gebruiker TEXT NOT NULL,    -- empty: it is an event for other systems
  event     INTEGER NOT NULL, -- whether it is
  op        INTEGER NOT NULL,
  doc       TEXT NOT NULL,
  gelezen   INTEGER NOT NULL,
  stand     TEXT NOT NULL,
  pogingen  INTEGER NOT NULL,
  volgende  INTEGER NOT NULL,
  verzonden INTEGER NOT NULL
) STRICT;

CREATE INDEX bericht_gebruiker ON bericht (gebruiker, op, id) WHERE event = 0;
CREATE INDEX bericht_ongelezen ON bericht (gebruiker, op, id) WHERE event = 0 AND gelezen = 0;
CREATE INDEX bericht_wacht ON bericht (soort, event, volgende, id) WHERE stand = 'wacht';

CREATE TABLE bericht_telling (
  stand  TEXT NOT NULL PRIMARY KEY,
  aantal INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER bericht_bij AFTER INSERT ON bericht BEGIN
  INSERT INTO bericht_telling (stand, aantal) VALUES (new.stand, 1)
  ON CONFLICT (stand) DO UPDATE SET aantal = aantal + 1;
END;

CREATE TRIGGER bericht_anders AFTER UPDATE OF stand ON bericht WHEN old.stand <> new.stand BEGIN
  UPDATE bericht_telling SET aantal = aantal - 1 WHERE stand = old.stand;
  INSERT INTO bericht_telling (stand, aantal) VALUES (new.stand, 1)
  ON CONFLICT (stand) DO UPDATE SET aantal = aantal + 1;
END;

-- What is kept already.
INSERT INTO alarm
SELECT m.id, a.key, a.value ->> 'advies', a.value ->> 'sinds', coalesce(a.value ->> 'rondes', 0), coalesce(a.value ->> 'laatste', 0),
  coalesce(a.value ->> 'aangenomenOp', 0), coalesce(a.value ->> 'door', ''), coalesce(a.value ->> 'verzoek', ''), coalesce(a.value ->> 'vervallenOp', 0)
FROM melding m, json_each(m.doc, '$.alarmen') a WHERE a.key IS NOT NULL;

UPDATE melding SET alarm_volgende = (
  SELECT iif(a.rondes = 0, a.sinds, a.sinds + ((a.laatste - a.sinds) / 900000 + 1) * 900000)
  FROM alarm a WHERE a.melding = id AND a.aangenomen = 0 AND a.vervallen = 0)
WHERE id IN (SELECT melding FROM alarm WHERE aangenomen = 0 AND vervallen = 0);

UPDATE melding SET herinnering = t.dag FROM (
  SELECT m.id AS van, min(t.value ->> 'herinner') AS dag FROM melding m, json_each(m.doc, '$.termijnen') t
  WHERE t.value ->> 'herinner' > 0 AND t.value ->> 'voldaanOp' IS NULL AND t.value ->> 'beeindigdOp' IS NULL
  GROUP BY m.id) t
WHERE id = t.van;
