package sqlite

const (
	insertMelding = `INSERT INTO melding (rev, id, kenmerk, client,
  klantkenmerk, status, advies, aanbieder, sector, dag, kwartaal, ontvangen_op, gewijzigd_op, termijn,
  urgentie, controle, telt, ernstig, behandelaar, herinnering, alarm_volgende, kalender, doc)
VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING`

	// The right hand sides see the row as it was, so eerste takes the first doc.
	updateMelding = `UPDATE OR IGNORE melding SET rev = rev + 1, eerste = coalesce(?, eerste, doc),
  klantkenmerk = ?, status = ?, advies = ?, aanbieder = ?, sector = ?, dag = ?, kwartaal = ?, ontvangen_op = ?, gewijzigd_op = ?, termijn = ?,
  urgentie = ?, controle = ?, telt = ?, ernstig = ?, behandelaar = ?, herinnering = ?, alarm_volgende = ?, kalender = ?, doc = ?
WHERE id = ? AND rev = ? AND kalender <= ?`

	existsMeldingID      = `SELECT 1 FROM melding WHERE id = ?`
	existsMeldingKenmerk = `SELECT 1 FROM melding WHERE kenmerk = ?`
	selectMeldingRev     = `SELECT rev, client, kalender FROM melding WHERE id = ?`
	selectKlantkenmerk   = `SELECT kenmerk FROM melding WHERE klantkenmerk = ? AND client = ?`

	selectMelding           = `SELECT id, rev, kenmerk, client, kalender, doc FROM melding WHERE id = ?`
	selectEersteMelding     = `SELECT id, 1, kenmerk, client, 0, coalesce(eerste, doc) FROM melding WHERE id = ?`
	selectMeldingMetKenmerk = `SELECT id, rev, kenmerk, client, kalender, doc FROM melding WHERE kenmerk = ?`

	// Of a JSON list of numbers (melding.nr).
	selectMeldingenMetNr = `SELECT melding.id, rev, kenmerk, client, kalender, doc, nr
FROM json_each(?) CROSS JOIN melding WHERE nr = value`

	// The first and the last quarter there is something of.
	selectUitersten = `SELECT coalesce((SELECT min(kwartaal) FROM melding), 0), coalesce((SELECT max(kwartaal) FROM melding), -1)`

	selectTelling = `SELECT 'melding', '', count(*) FROM melding INDEXED BY melding_wijziging
UNION ALL SELECT 'status', status, count(*) FROM melding INDEXED BY melding_status_wijziging GROUP BY status
UNION ALL SELECT 'advies', advies, count(*) FROM melding INDEXED BY melding_advies_wijziging GROUP BY advies
UNION ALL SELECT 'termijn', termijn, count(*) FROM melding INDEXED BY melding_termijn_wijziging WHERE termijn IS NOT NULL GROUP BY termijn
UNION ALL SELECT 'aanbieder', '', count(*) FROM aanbieder`

	replaceSignaalJaar = `INSERT INTO signaal_jaar (aanbieder, jaar, dagen) VALUES (?, ?, ?)
ON CONFLICT (aanbieder, jaar) DO UPDATE SET dagen = excluded.dagen`

	deleteSignaalJaar = `DELETE FROM signaal_jaar WHERE aanbieder = ? AND jaar = ?`

	selectGeteld = `SELECT coalesce(aanbieder, ''), dag, telt, ernstig FROM melding WHERE id = ?`

	// The years ?2 to ?3.
	selectSignaalJaren = `SELECT jaar, dagen FROM signaal_jaar WHERE aanbieder = ?1 AND jaar BETWEEN ?2 AND ?3`

	// The years ?2 to ?3, and the melding ?4 as what is to be taken off on its day.
	selectSignalen = `SELECT jaar * 10000, 0, 0, dagen FROM signaal_jaar WHERE aanbieder = ?1 AND jaar BETWEEN ?2 AND ?3
UNION ALL SELECT dag, -1, -ernstig, NULL FROM melding WHERE ?4 <> '' AND id = ?4 AND aanbieder = ?1 AND telt`

	selectMeldingenOver = `SELECT nr, id
FROM melding INDEXED BY melding_aanbieder_ontvangst
WHERE aanbieder = ? AND dag BETWEEN ? AND ? AND id > ?`

	selectTeControleren = `SELECT id, rev, kenmerk, client, kalender, doc
FROM melding INDEXED BY melding_controle
WHERE controle <= ? ORDER BY controle, id LIMIT ?`
)
