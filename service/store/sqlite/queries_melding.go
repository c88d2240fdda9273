package sqlite

const (
	insertMelding = `INSERT INTO melding (rev, id, kenmerk, client,
  klantkenmerk, status, advies, aanbieder, sector, dag, kwartaal, ontvangen_op, gewijzigd_op, termijn,
  urgentie, controle, telt, ernstig, doc)
VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING`

	// The right hand sides see the row as it was, so eerste takes the first doc.
	updateMelding = `UPDATE OR IGNORE melding SET rev = rev + 1, eerste = coalesce(eerste, doc),
  klantkenmerk = ?, status = ?, advies = ?, aanbieder = ?, sector = ?, dag = ?, kwartaal = ?, ontvangen_op = ?, gewijzigd_op = ?, termijn = ?,
  urgentie = ?, controle = ?, telt = ?, ernstig = ?, doc = ?
WHERE id = ? AND rev = ?`

	existsMeldingID      = `SELECT 1 FROM melding WHERE id = ?`
	existsMeldingKenmerk = `SELECT 1 FROM melding WHERE kenmerk = ?`
	selectMeldingRev     = `SELECT rev, client FROM melding WHERE id = ?`
	selectKlantkenmerk   = `SELECT kenmerk FROM melding WHERE klantkenmerk = ? AND client = ?`

	selectMelding           = `SELECT id, rev, kenmerk, client, doc FROM melding WHERE id = ?`
	selectEersteMelding     = `SELECT id, 1, kenmerk, client, coalesce(eerste, doc) FROM melding WHERE id = ?`
	selectMeldingMetKenmerk = `SELECT id, rev, kenmerk, client, doc FROM melding WHERE kenmerk = ?`

	// Of a JSON list of numbers (melding.nr).
	selectMeldingenMetNr = `SELECT melding.id, rev, kenmerk, client, doc, nr
FROM json_each(?) CROSS JOIN melding WHERE nr = value`

	// The first and the last quarter there is something of.
	selectUitersten = `SELECT coalesce((SELECT min(kwartaal) FROM melding), 0), coalesce((SELECT max(kwartaal) FROM melding), -1)`

	selectTelling = `SELECT 'melding', '', count(*) FROM melding INDEXED BY melding_wijziging
UNION ALL SELECT 'status', status, count(*) FROM melding INDEXED BY melding_status_wijziging GROUP BY status
UNION ALL SELECT 'advies', advies, count(*) FROM melding INDEXED BY melding_advies_wijziging GROUP BY advies
UNION ALL SELECT 'termijn', termijn, count(*) FROM melding INDEXED BY melding_termijn_wijziging WHERE termijn IS NOT NULL GROUP BY termijn
UNION ALL SELECT 'aanbieder', '', count(*) FROM aanbieder`

	// What a melding adds to the counts: 1 for one that counts from now on, -1 for
	// one that did until now.
	upsertSignaalDag = `INSERT INTO signaal_dag (aanbieder, dag, aantal, ernstig) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (aanbieder, dag) DO UPDATE SET aantal = aantal + excluded.aantal, ernstig = ernstig + excluded.ernstig`

	upsertSignaalMaand = `INSERT INTO signaal_maand (aanbieder, maand, aantal, ernstig) VALUES (?1, ?2 / 100, ?3, ?4)
ON CONFLICT (aanbieder, maand) DO UPDATE SET aantal = aantal + excluded.aantal, ernstig = ernstig + excluded.ernstig`

	deleteSignaalDag = `DELETE FROM signaal_dag WHERE aanbieder = ?1 AND dag = ?2 AND aantal = 0`

	deleteSignaalMaand = `DELETE FROM signaal_maand WHERE aanbieder = ?1 AND maand = ?2 / 100 AND aantal = 0`

	selectGeteld = `SELECT coalesce(aanbieder, ''), dag, telt, ernstig FROM melding WHERE id = ?`

	// ?3 is the day, ?4 to ?7 the first days of the windows, shortest first, ?8 the
	// last day that counts as later. Of the long windows the whole months are counted
	// as such, by their first day; the melding ?2 is taken off.
	selectSignalen = `WITH aandeel (dag, aantal, ernstig) AS MATERIALIZED (
  SELECT dag, aantal, ernstig FROM signaal_dag WHERE aanbieder = ?1 AND dag BETWEEN ?7 AND ?7 / 100 * 100 + 31
  UNION ALL SELECT dag, aantal, ernstig FROM signaal_dag WHERE aanbieder = ?1 AND dag BETWEEN ?6 / 100 * 100 AND ?6 / 100 * 100 + 31
  UNION ALL SELECT dag, aantal, ernstig FROM signaal_dag WHERE aanbieder = ?1 AND dag BETWEEN ?5 / 100 * 100 AND ?3
  UNION ALL SELECT maand * 100 + 1, aantal, ernstig FROM signaal_maand WHERE aanbieder = ?1 AND maand BETWEEN ?7 / 100 + 1 AND ?6 / 100 - 1
  UNION ALL SELECT maand * 100 + 1, aantal, ernstig FROM signaal_maand WHERE aanbieder = ?1 AND maand BETWEEN ?6 / 100 + 1 AND ?5 / 100 - 1
  UNION ALL SELECT dag, -1, -ernstig FROM melding WHERE ?2 <> '' AND id = ?2 AND aanbieder = ?1 AND telt AND dag BETWEEN ?7 AND ?3
)
SELECT
  coalesce(sum(aantal) FILTER (WHERE dag >= ?4), 0), coalesce(sum(aantal) FILTER (WHERE dag >= ?5), 0),
  coalesce(sum(aantal) FILTER (WHERE dag >= ?6), 0), coalesce(sum(aantal) FILTER (WHERE dag < ?6), 0),
  coalesce(sum(ernstig) FILTER (WHERE dag >= ?6), 0),
  EXISTS (SELECT 1 FROM signaal_dag WHERE aanbieder = ?1 AND dag > ?3 AND dag <= ?8
    AND aantal > (SELECT count(*) FROM melding WHERE ?2 <> '' AND id = ?2 AND aanbieder = ?1 AND telt AND melding.dag = signaal_dag.dag))
FROM aandeel`

	selectMeldingenOver = `SELECT nr, id
FROM melding INDEXED BY melding_aanbieder_ontvangst
WHERE aanbieder = ? AND dag BETWEEN ? AND ? AND telt AND id > ?`

	selectTeControleren = `SELECT id, rev, kenmerk, client, doc
FROM melding INDEXED BY melding_controle
WHERE controle <= ? ORDER BY controle, id LIMIT ?`
)
