-- When a provider last became another, and when a turn on duty was told; 0: not known.
-- Providers of before may have changed just now, for all that is known.
ALTER TABLE aanbieder ADD COLUMN gewijzigd_op INTEGER NOT NULL DEFAULT 0;
UPDATE aanbieder SET gewijzigd_op = CAST(unixepoch('subsec') * 1000 AS INTEGER);

DROP INDEX aanbieder_naam;
CREATE INDEX aanbieder_naam ON aanbieder (naamvorm, id, vorm, kvknummer, vestigingsnummer, agbcode, gewijzigd_op);

ALTER TABLE dienst ADD COLUMN gezet_op INTEGER NOT NULL DEFAULT 0;

DROP INDEX dienst_tot;
CREATE INDEX dienst_tot ON dienst (tot, van, volgorde, gebruiker, id, gezet_op);
