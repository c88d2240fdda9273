package domain

import (
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// The hours between which the office works, on its own clock.
const (
	kantoorOpen  = 8
	kantoorDicht = 18
)

// Kantooruren reports that the office works at the moment now, which it sees in zone.
func Kantooruren(k *term.Kalender, now time.Time, zone *time.Location) bool {
	hour := now.In(zone).Hour()
	return hour >= kantoorOpen && hour < kantoorDicht && k.Werkdag(term.DateIn(now, zone))
}

// herinnerTijd is how long the office works on a day before all reminders of the days
// before it must have been given.
const herinnerTijd = time.Hour

// LaatsteHerinnerdag is the last day on which there was, at the moment now, time
// enough to give the reminders of the days before it.
func LaatsteHerinnerdag(k *term.Kalender, now time.Time, zone *time.Location) term.Date {
	day := term.DateIn(now, zone)
	if opened := time.Date(day.Year(), day.Month(), day.Day(), kantoorOpen, 0, 0, 0, zone); now.Before(opened.Add(herinnerTijd)) {
		day = day.AddDays(-1)
	}
	for !k.Werkdag(day) {
		day = day.AddDays(-1)
	}
	return day
}

// HerinneringBericht is the message to aan of reminder h, which is given on the day
// dag; to nobody (the zero Geadresseerde) it is the event for other systems.
func (m *Melding) HerinneringBericht(h Herinnering, dag term.Date, now time.Time, aan Geadresseerde) Bericht {
	t := h.Termijn
	b := m.bericht(BerichtHerinnering, now, aan)
	b.Termijn, b.Partij, b.Grond, b.Einddatum, b.Dagen = t.Soort, t.Partij, t.Grond, t.Einddatum, h.Dagen
	b.ID = berichtID(string(b.Soort), m.ID, string(t.Soort), t.Grond, string(t.Partij), t.Einddatum.String(),
		strconv.Itoa(h.Dagen), dag.String(), b.Gebruiker)
	return b
}

// AlarmBericht is the message to aan of the round of alarm a, the last of m, that was
// given last; to nobody it is the event for other systems.
func (m *Melding) AlarmBericht(a Alarm, now time.Time, aan Geadresseerde) Bericht {
	b := m.bericht(BerichtAlarm, now, aan)
	b.Advies, b.Ronde = a.Advies, a.Rondes
	of := []string{string(b.Soort), m.ID, strconv.FormatInt(a.Sinds.UnixMilli(), 10), strconv.Itoa(a.Rondes), b.Gebruiker}
	if n := m.eerdereVan(a); n > 0 {
		of = append(of, strconv.Itoa(n))
	}
	b.ID = berichtID(of...)
	return b
}

// eerdereVan counts the alarms of m before a, its last, that began in the same
// millisecond. The first of a millisecond is 0, so that its messages keep the ids they
// have always had.
func (m *Melding) eerdereVan(a Alarm) (n int) {
	for _, other := range m.Alarmen[:max(0, len(m.Alarmen)-1)] {
		if other.Sinds.UnixMilli() == a.Sinds.UnixMilli() {
			n++
		}
	}
	return n
}

// bericht begins a message about m. Who has no e-mail address sees it in the product
// only.
func (m *Melding) bericht(soort BerichtSoort, now time.Time, aan Geadresseerde) Bericht {
	b := Bericht{
		Soort: soort, Gebruiker: aan.Gebruiker.ID, Namens: aan.Namens, MeldingID: m.ID, Kenmerk: m.Kenmerk, Op: now,
		Post: Post{Stand: PostWacht, Volgende: now},
	}
	if b.Gebruiker != "" && aan.Gebruiker.EMail == "" {
		b.Post = Post{Stand: PostGeen}
	}
	return b
}

// berichtID is an id that follows from what it is of (UUIDv8, RFC 9562).
func berichtID(of ...string) string {
	id := sha256.Sum256([]byte(strings.Join(of, "\x00")))
	id[6] = id[6]&0x0f | 0x80
	id[8] = id[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:16])
}
