-- How many meldingen about a provider count, per day and per month they were
-- received in, so that the signals of two years are some eighty rows and not all
-- meldingen. The triggers keep them right within the write itself; a row without
-- meldingen is taken away.
CREATE TABLE signaal_dag (
  aanbieder TEXT NOT NULL,
  dag       INTEGER NOT NULL,
  aantal    INTEGER NOT NULL,
  ernstig   INTEGER NOT NULL, -- of these: with a ground
  PRIMARY KEY (aanbieder, dag)
) STRICT, WITHOUT ROWID;

CREATE TABLE signaal_maand (
  aanbieder TEXT NOT NULL,
  maand     INTEGER NOT NULL, -- yyyymm
  aantal    INTEGER NOT NULL,
  ernstig   INTEGER NOT NULL,
  PRIMARY KEY (aanbieder, maand)
) STRICT, WITHOUT ROWID;

INSERT INTO signaal_dag
SELECT aanbieder, dag, count(*), sum(ernstig) FROM melding WHERE telt AND aanbieder IS NOT NULL GROUP BY aanbieder, dag;
INSERT INTO signaal_maand
SELECT aanbieder, dag / 100, sum(aantal), sum(ernstig) FROM signaal_dag GROUP BY aanbieder, dag / 100;

CREATE TRIGGER signaal_bij AFTER INSERT ON melding WHEN new.telt AND new.aanbieder IS NOT NULL BEGIN
  INSERT INTO signaal_dag VALUES (new.aanbieder, new.dag, 1, new.ernstig)
    ON CONFLICT DO UPDATE SET aantal = aantal + 1, ernstig = ernstig + excluded.ernstig;
  INSERT INTO signaal_maand VALUES (new.aanbieder, new.dag / 100, 1, new.ernstig)
    ON CONFLICT DO UPDATE SET aantal = aantal + 1, ernstig = ernstig + excluded.ernstig;
END;

CREATE TRIGGER signaal_van AFTER UPDATE ON melding
WHEN old.telt AND old.aanbieder IS NOT NULL
  AND (old.aanbieder, old.dag, old.telt, old.ernstig) IS NOT (new.aanbieder, new.dag, new.telt, new.ernstig) BEGIN
  UPDATE signaal_dag SET aantal = aantal - 1, ernstig = ernstig - old.ernstig WHERE aanbieder = old.aanbieder AND dag = old.dag;
  UPDATE signaal_maand SET aantal = aantal - 1, ernstig = ernstig - old.ernstig WHERE aanbieder = old.aanbieder AND maand = old.dag / 100;
  DELETE FROM signaal_dag WHERE aanbieder = old.aanbieder AND dag = old.dag AND aantal = 0;
  DELETE FROM signaal_maand WHERE aanbieder = old.aanbieder AND maand = old.dag / 100 AND aantal = 0;
END;

CREATE TRIGGER signaal_naar AFTER UPDATE ON melding
WHEN new.telt AND new.aanbieder IS NOT NULL
  AND (old.aanbieder, old.dag, old.telt, old.ernstig) IS NOT (new.aanbieder, new.dag, new.telt, new.ernstig) BEGIN
  INSERT INTO signaal_dag VALUES (new.aanbieder, new.dag, 1, new.ernstig)
    ON CONFLICT DO UPDATE SET aantal = aantal + 1, ernstig = ernstig + excluded.ernstig;
  INSERT INTO signaal_maand VALUES (new.aanbieder, new.dag / 100, 1, new.ernstig)
    ON CONFLICT DO UPDATE SET aantal = aantal + 1, ernstig = ernstig + excluded.ernstig;
END;

-- Who leads a kind of work, until tot (milliseconds since 1970, this machine's
-- clock). Nobody is the empty text.
CREATE TABLE leiding (
  naam   TEXT NOT NULL PRIMARY KEY,
  houder TEXT NOT NULL,
  nr     INTEGER NOT NULL,
  tot    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
