package sqlite

import "fmt"

const (
	insertBericht = `INSERT INTO bericht (id, soort, gebruiker, event, op, doc, gelezen, stand, pogingen, volgende, verzonden)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO NOTHING`

	selectBericht = `SELECT doc, gelezen, stand, pogingen, volgende, verzonden FROM bericht WHERE id = ?`

	// updateGelezen lets the first moment stand.
	updateGelezen = `UPDATE bericht SET gelezen = iif(gelezen = 0, ?, gelezen) WHERE id = ? AND event = 0 AND gebruiker = ?`

	updatePost = `UPDATE bericht SET stand = ?, pogingen = ?, volgende = ?, verzonden = ? WHERE id = ? AND stand = 'wacht' AND pogingen = ?`

	// A page of the messages of a user behind a key, by the index %[1]s that holds
	// those of which %[2]s.
	listBerichten = `SELECT doc, gelezen, stand, pogingen, volgende, verzonden FROM bericht INDEXED BY %[1]s
WHERE event = 0 AND %[2]s AND gebruiker = ? AND (op, id) < (?, ?) AND max(op, gelezen) > ?
ORDER BY op DESC, id DESC LIMIT ?`

	countOngelezen = `SELECT count(*) FROM bericht WHERE event = 0 AND gelezen = 0 AND gebruiker = ?`

	selectTeVersturen = `SELECT doc, gelezen, stand, pogingen, volgende, verzonden FROM bericht INDEXED BY bericht_wacht
WHERE stand = 'wacht' AND soort = ? AND event = ? AND volgende <= ?
ORDER BY volgende, id LIMIT ?`

	selectBerichtTelling = `SELECT stand, aantal FROM bericht_telling WHERE aantal > 0`

	// Behind an id, for a copy.
	listAlleBerichten = `SELECT doc, gelezen, stand, pogingen, volgende, verzonden FROM bericht WHERE id > ? ORDER BY id LIMIT ?`

	selectTeHerinneren = `SELECT id, rev, kenmerk, client, kalender, doc
FROM melding INDEXED BY melding_herinnering
WHERE herinnering <= ? ORDER BY herinnering, id LIMIT ?`

	countTeHerinneren = `SELECT count(*) FROM melding INDEXED BY melding_herinnering WHERE herinnering < ?`

	selectTeAlarmeren = `SELECT id, rev, kenmerk, client, kalender, doc
FROM melding INDEXED BY melding_alarm
WHERE alarm_volgende <= ? ORDER BY alarm_volgende, id LIMIT ?`

	upsertAlarm = `INSERT INTO alarm (melding, nr, advies, sinds, rondes, laatste, aangenomen, door, verzoek, vervallen)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (melding, nr) DO UPDATE SET advies = excluded.advies, sinds = excluded.sinds, rondes = excluded.rondes,
  laatste = excluded.laatste, aangenomen = excluded.aangenomen, door = excluded.door, verzoek = excluded.verzoek, vervallen = excluded.vervallen
WHERE (advies, sinds, rondes, laatste, aangenomen, door, verzoek, vervallen) IS NOT
  (excluded.advies, excluded.sinds, excluded.rondes, excluded.laatste, excluded.aangenomen, excluded.door, excluded.verzoek, excluded.vervallen)`

	// Those from a place on.
	deleteAlarmen = `DELETE FROM alarm WHERE melding = ? AND nr >= ?`

	// A page of alarms behind a key, by the index %[1]s that holds those of which
	// %[2]s.
	listAlarmen = `SELECT melding, (SELECT kenmerk FROM melding WHERE id = a.melding), nr, advies, sinds, rondes, laatste, aangenomen, door, verzoek, vervallen
FROM alarm AS a INDEXED BY %[1]s
WHERE %[2]s AND sinds >= ? AND (sinds, melding, nr) < (?, ?, ?) AND max(sinds, laatste, aangenomen, vervallen) > ?
ORDER BY sinds DESC, melding DESC, nr DESC LIMIT ?`
)

// The statements of both lists of messages, and of both lists of alarms.
func lijstBerichten(ongelezen bool) string {
	if ongelezen {
		return fmt.Sprintf(listBerichten, "bericht_ongelezen", "gelezen = 0")
	}
	return fmt.Sprintf(listBerichten, "bericht_gebruiker", "TRUE")
}

func lijstAlarmen(open bool) string {
	if open {
		return fmt.Sprintf(listAlarmen, "alarm_open", "aangenomen = 0 AND vervallen = 0")
	}
	return fmt.Sprintf(listAlarmen, "alarm_sinds", "TRUE")
}
