package sqlite

const (
	insertAanbieder = `INSERT INTO aanbieder (id, naam, plaats, kvknummer, vestigingsnummer, agbcode, naamvorm, vorm, gewijzigd_op)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO NOTHING`

	updateAanbieder = `UPDATE aanbieder SET naam = ?2, plaats = ?3, kvknummer = ?4, vestigingsnummer = ?5, agbcode = ?6,
  naamvorm = ?7, vorm = ?8, gewijzigd_op = ?9
WHERE id = ?1`

	selectAanbieder = `SELECT id, naam, plaats, kvknummer, vestigingsnummer, agbcode, gewijzigd_op FROM aanbieder WHERE id = ?`

	selectAanbiederMetSleutel = `SELECT id, naam, plaats, kvknummer, vestigingsnummer, agbcode, gewijzigd_op
FROM aanbieder_sleutel JOIN aanbieder ON id = aanbieder WHERE sleutel = ?`

	insertAanbiederSleutel = `INSERT INTO aanbieder_sleutel (sleutel, aanbieder) VALUES (?, ?) ON CONFLICT (sleutel) DO NOTHING`

	// Of the words asked for the three longest are looked for here: they leave few
	// rows. A word stands in the name or the place, or is a number; all of them
	// together may be one.
	selectAanbieders = `SELECT id, naam, plaats, kvknummer, vestigingsnummer, agbcode, gewijzigd_op, naamvorm, vorm
FROM aanbieder INDEXED BY aanbieder_naam
WHERE (naamvorm, id) > (?1, ?2) AND ((instr(vorm, ?4) OR ?4 IN (kvknummer, vestigingsnummer, agbcode))
  AND (instr(vorm, ?5) OR ?5 IN (kvknummer, vestigingsnummer, agbcode))
  AND (instr(vorm, ?6) OR ?6 IN (kvknummer, vestigingsnummer, agbcode))
  OR ?3 <> '' AND ?3 IN (kvknummer, vestigingsnummer, agbcode)) AND gewijzigd_op > ?7
ORDER BY naamvorm, id`

	replaceHerteling = `REPLACE INTO herteling (aanbieder, vanaf)
SELECT ?1, min(?2, ifnull((SELECT vanaf FROM herteling WHERE aanbieder = ?1), ?2))`

	selectHertelingen = `SELECT aanbieder, vanaf, nr FROM herteling ORDER BY nr LIMIT ?`

	deleteHerteling = `DELETE FROM herteling WHERE nr = ? AND aanbieder = ?`
)
