-- How many meldingen about a provider count, per day and per month they were
-- received in, so that the signals of two years are some eighty rows and not all
-- meldingen. The write of a melding keeps them right; a row without meldingen is
-- taken away.
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

-- For a copy: the names of a provider.
CREATE INDEX aanbieder_sleutel_aanbieder ON aanbieder_sleutel (aanbieder);

-- Who leads a kind of work, until tot (milliseconds since 1970, this machine's
-- clock). Nobody is the empty text.
CREATE TABLE leiding (
  naam   TEXT NOT NULL PRIMARY KEY,
  houder TEXT NOT NULL,
  nr     INTEGER NOT NULL,
  tot    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
