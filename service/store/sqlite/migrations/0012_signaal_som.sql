-- The counts of a year of days as numbers that are found and not read through: ten
-- bytes for each day with meldingen, in the order of the days. They are, each with its
-- highest byte first, mmdd in two, and in four each how many meldingen of the year
-- there are up to and with the day, and how many of these have a ground. A row is at
-- most 3,660 bytes and lies on one page, which without a rowid it would not.
DROP TABLE signaal_jaar;

CREATE TABLE signaal_jaar (
  aanbieder TEXT NOT NULL,
  jaar      INTEGER NOT NULL,
  dagen     BLOB NOT NULL,
  PRIMARY KEY (aanbieder, jaar)
) STRICT;

INSERT INTO signaal_jaar
SELECT aanbieder, jaar, unhex(group_concat(printf('%04x%08x%08x', mmdd, aantal, ernstig), '' ORDER BY mmdd)) FROM (
  SELECT aanbieder, dag / 10000 AS jaar, dag % 10000 AS mmdd, sum(count(*)) OVER tot AS aantal, sum(sum(ernstig)) OVER tot AS ernstig
  FROM melding WHERE telt AND aanbieder IS NOT NULL
  GROUP BY aanbieder, dag
  WINDOW tot AS (PARTITION BY aanbieder, dag / 10000 ORDER BY dag)
) GROUP BY aanbieder, jaar;
