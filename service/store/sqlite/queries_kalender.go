package sqlite

const (
	// One above the highest, or nothing.
	insertKalender = `INSERT INTO kalender (versie, doc)
SELECT ?1, ?2 WHERE ?1 = (SELECT coalesce(max(versie), 0) + 1 FROM kalender)`

	selectKalender = `SELECT versie, doc FROM kalender WHERE versie = (SELECT max(versie) FROM kalender)`

	selectKalenders = `SELECT versie, doc FROM kalender ORDER BY versie`

	// The lowest version above ?1 and below ?2 that computed open terms.
	selectVolgendeKalender = `SELECT coalesce((SELECT kalender FROM melding INDEXED BY melding_kalender
WHERE termijn IS NOT NULL AND kalender > ?1 AND kalender < ?2 ORDER BY kalender LIMIT 1), -1)`

	selectTeHerrekenen = `SELECT id FROM melding INDEXED BY melding_kalender
WHERE termijn IS NOT NULL AND kalender = ? AND id > ? ORDER BY id LIMIT ?`

	countTeHerrekenen = `SELECT count(*) FROM melding INDEXED BY melding_kalender
WHERE termijn IS NOT NULL AND kalender < ?`

	updateHerrekend = `UPDATE melding SET kalender = ?1 WHERE id = ?2 AND rev = ?3 AND kalender < ?1`
)
