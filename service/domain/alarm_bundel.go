package domain

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// AlarmBundelBoven is how many alarms without an advice (Beoordelen) one user is told of
// one by one when they are due together. More are one message: it is the policy that
// fails, and not so many meldingen that each ask for a look.
const AlarmBundelBoven = 5

// AlarmBundelHoogst is how many alarms a message counts at most.
const AlarmBundelHoogst = 1000

// Bundel reports that b is about many alarms together.
func (b Bericht) Bundel() bool { return b.Aantal > 0 }

// BundelAnker is the melding of which all is told when many of due wait for a round
// together: the one whose alarm began first, whoever looks and whenever. Its round is to
// be given after all others: so who begins again after a stop finds the same. Nil when
// none of due is without an advice.
func BundelAnker(due []Melding) *Melding {
	var first *Melding
	for i := range due {
		if !due[i].zonderAdvies() {
			continue
		}
		if first == nil || cmp.Or(due[i].alarm().Sinds.Compare(first.alarm().Sinds), strings.Compare(due[i].ID, first.ID)) < 0 {
			first = &due[i]
		}
	}
	return first
}

// zonderAdvies reports that m has an open alarm because the policy failed.
func (m *Melding) zonderAdvies() bool { return m.alarm() != nil && m.alarm().Advies == Beoordelen }

// BundelBericht is the message to aan of the open alarms of the meldingen with these ids,
// which are due at the moment now, of which that of m is the anchor; beleid is the version
// of the policy that is active then, 0 for none. Its ID is one for each quarter of an hour
// since that alarm began, also when the round of the anchor itself cannot be written.
func (m *Melding) BundelBericht(ids []string, beleid int, now time.Time, aan Geadresseerde) Bericht {
	a := m.alarm()
	b := m.bericht(BerichtAlarm, now, aan)
	b.Advies, b.Ronde, b.Aantal, b.Sinds, b.Beleid = a.Advies, a.Rondes+1, min(len(ids), AlarmBundelHoogst), a.Sinds, beleid
	b.Over = berichtOver(ids)
	quarter := strconv.FormatInt(int64(now.Sub(a.Sinds)/AlarmRonde), 10)
	b.ID = berichtID("alarmbundel", m.ID, strconv.FormatInt(a.Sinds.UnixMilli(), 10), strconv.Itoa(m.eerdereVan(*a)), quarter, b.Gebruiker)
	return b
}

// AantalAlarmen is how many alarms b is about, in words where no more were counted.
func (t Texts) AantalAlarmen(b Bericht) string {
	if b.Aantal >= AlarmBundelHoogst {
		return t.Sentence("bericht.aantal_of_meer", b.Aantal)
	}
	return strconv.Itoa(b.Aantal)
}

// BeleidBijAlarm names the version of the policy that gave no advice.
func (t Texts) BeleidBijAlarm(b Bericht) string {
	if b.Beleid == 0 {
		return t.Sentence("bericht.zonder_beleid")
	}
	return t.Sentence("bericht.beleid", b.Beleid)
}

// Omvat reports that b, which is about many alarms, is about the open one of m: it was
// without an advice, due when b was made, and counted in it. A melding that was written
// while b was made may be due by its moment and is not counted. Where b counted as many as
// it can it is about all that were due.
func (b Bericht) Omvat(m *Melding) bool {
	return b.Bundel() && m.zonderAdvies() && !m.alarm().Volgende().After(b.Op) &&
		(b.Aantal >= AlarmBundelHoogst || slices.Contains(strings.Fields(b.Over), berichtOver([]string{m.ID})))
}

// berichtOver tells these ids apart from others, in a few characters each.
func berichtOver(ids []string) string {
	marks := make([]string, 0, len(ids))
	for _, id := range ids {
		sum := sha256.Sum256([]byte(id))
		marks = append(marks, base64.RawURLEncoding.EncodeToString(sum[:6]))
	}
	return strings.Join(marks, " ")
}

// Achterhaald reports that at the moment now a later message than b, which is about
// many alarms, is due.
func (b Bericht) Achterhaald(now time.Time) bool { return now.Sub(b.Op) >= AlarmRonde }

// InBundels are the users whom more than AlarmBundelBoven of due are told to, with the ids
// of the meldingen; lijn gives who is told of one.
func InBundels(due []Melding, lijn func(Alarm) []Geadresseerde) map[string][]string {
	told := map[string][]string{}
	for i := range due {
		if !due[i].zonderAdvies() {
			continue
		}
		for _, g := range lijn(*due[i].alarm()) {
			told[g.Gebruiker.ID] = append(told[g.Gebruiker.ID], due[i].ID)
		}
	}
	maps.DeleteFunc(told, func(_ string, ids []string) bool { return len(ids) <= AlarmBundelBoven })
	return told
}
