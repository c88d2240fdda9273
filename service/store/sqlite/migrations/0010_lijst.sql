-- A list that others hold together has no index of its own: all meldingen are those
-- of each status, and those of an advice lie together in the order of urgency, now
-- what is closed as well.
DROP INDEX melding_urgentie;
DROP INDEX melding_ontvangst;
DROP INDEX melding_advies_urgentie;

UPDATE melding SET urgentie = '9' || CASE advies
    WHEN 'beoordelen' THEN 0 WHEN 'escaleren' THEN 1 WHEN 'onderzoeken' THEN 2 WHEN 'doorsturen' THEN 3 ELSE 4
  END || substr(urgentie, 2)
WHERE status = 'afgesloten';

-- One index holds the terms of a provider, by how they ended.
DROP INDEX termijn_antwoord;
DROP INDEX termijn_aanbieder;
CREATE INDEX termijn_aanbieder ON termijn (aanbieder, afloop, eind, melding, nr, soort, aandacht, sector, behandelaar) WHERE aanbieder <> '';
