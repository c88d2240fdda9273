package sqlite

// The statements on the people of the office.
const (
	insertGebruiker = `INSERT INTO gebruiker (id, versie, agenda, doc) VALUES (?1, ?2 + 1, ?3, ?4) ON CONFLICT (id) DO NOTHING`
	updateGebruiker = `UPDATE gebruiker SET versie = ?2 + 1, agenda = ?3, doc = ?4 WHERE id = ?1 AND versie = ?2`

	gebruikerColumns = `SELECT id, versie, agenda, doc FROM gebruiker `
	selectGebruiker  = gebruikerColumns + `WHERE id = ?`
	selectMetAgenda  = gebruikerColumns + `WHERE agenda = ? AND agenda <> ''`
	selectGebruikers = gebruikerColumns + `ORDER BY id`
	replaceDienst    = `INSERT INTO dienst (id, gebruiker, van, tot, volgorde, gezet_op) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET gebruiker = excluded.gebruiker, van = excluded.van, tot = excluded.tot, volgorde = excluded.volgorde,
  gezet_op = excluded.gezet_op`
	deleteDienst   = `DELETE FROM dienst WHERE id = ?`
	selectDiensten = `SELECT id, gebruiker, van, tot, volgorde, gezet_op FROM dienst WHERE tot > ? AND van < ?`
)
