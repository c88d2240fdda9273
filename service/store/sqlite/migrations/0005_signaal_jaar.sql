-- The counts of a year of days in one row, as text: "mmdd n s;" for each day with
-- n meldingen, s of them with a ground, in the order of the days. The signals of
-- two years are then a few rows beside each other, and a melding changes one.
CREATE TABLE signaal_jaar (
  aanbieder TEXT NOT NULL,
  jaar      INTEGER NOT NULL,
  dagen     TEXT NOT NULL,
  PRIMARY KEY (aanbieder, jaar)
) STRICT, WITHOUT ROWID;

INSERT INTO signaal_jaar
SELECT aanbieder, dag / 10000, group_concat((dag % 10000) || ' ' || aantal || ' ' || ernstig || ';', '' ORDER BY dag)
FROM signaal_dag GROUP BY aanbieder, dag / 10000;

DROP TABLE signaal_dag;
DROP TABLE signaal_maand;
