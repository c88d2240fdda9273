package sqlite

// Every statement on the tables stands here, so that a test can ask SQLite how
// it carries each of them out.
const (
	insertAdvies = `INSERT INTO advies (id, opgesteld_op, peildatum, actor, rol,
  advies, criteria, stappen, laagste, hoogste, ontbrekend,
  beleid_versie, beleid_digest, beleid_geldig_vanaf, kalender_digest, motor, invoer)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO NOTHING`

	deleteAdvies = `DELETE FROM advies WHERE id = ?`

	selectAdvies = `SELECT id, opgesteld_op, peildatum, actor, rol,
  advies, criteria, stappen, laagste, hoogste, ontbrekend,
  beleid_versie, beleid_digest, beleid_geldig_vanaf, kalender_digest, motor, invoer
FROM advies WHERE id = ?`

	selectWachtend = `SELECT rowid, id, opgesteld_op, peildatum, actor, rol,
  advies, criteria, stappen, laagste, hoogste, ontbrekend,
  beleid_versie, beleid_digest, beleid_geldig_vanaf, kalender_digest, motor, invoer
FROM advies WHERE rowid > ? ORDER BY rowid LIMIT ?`

	countWachtend = `SELECT count(*) FROM advies`

	insertPakket = `INSERT INTO beleidspakket (digest, bron, catalogus, wasm, motor, vastgelegd_op)
VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (digest) DO NOTHING`

	selectPakket = `SELECT digest, bron, catalogus, wasm, motor, vastgelegd_op
FROM beleidspakket WHERE digest = ?`

	insertActivering = `INSERT INTO activering (versie, digest, geldig_vanaf, door, reden)
SELECT (SELECT coalesce(max(versie), 0) + 1 FROM activering), ?1, ?2, ?3, ?4
WHERE EXISTS (SELECT 1 FROM beleidspakket WHERE digest = ?1)
RETURNING versie`

	selectActief = `SELECT versie, digest, geldig_vanaf, door, reden
FROM activering WHERE versie = (SELECT max(versie) FROM activering)`

	selectActiveringen = `SELECT versie, digest, geldig_vanaf, door, reden
FROM activering ORDER BY versie`

	// The update changes nothing; it makes the row that is there come back.
	deleteSleutel = `DELETE FROM sleutel WHERE naam = ? AND id = ?`
	insertSleutel = `INSERT INTO sleutel (naam, digest, id, moment) VALUES (?, ?, ?, ?)
ON CONFLICT (naam) DO UPDATE SET naam = excluded.naam
RETURNING digest, id, moment`

	updateHartslag = `UPDATE hartslag SET slag = slag + 1 WHERE id = 1`
	selectHartslag = `SELECT slag FROM hartslag WHERE id = 1`
)

// The statements around a batch of writes. A call of several rows runs between
// openCall and closeCall, so that undoCall can take its rows back.
const (
	beginBatch  = `BEGIN IMMEDIATE`
	commitBatch = `COMMIT`
	openCall    = `SAVEPOINT call`
	closeCall   = `RELEASE call`
	undoCall    = `ROLLBACK TO call`
)
