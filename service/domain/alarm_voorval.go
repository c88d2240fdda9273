package domain

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The pace at which the rounds of an alarm that nobody takes on stand in the history of
// its melding: every one of the first rounds, then one an hour for a day, then one a day.
// One of which others are told than the one before it stands there always.
const (
	alarmVoorvallenEerst = 8
	alarmVoorvalUur      = time.Hour
	alarmVoorvalDag      = 24 * time.Hour
)

// legRondeVast records the newest round of a, given to these users, where that is to
// stand in the history; with which rounds came before it since the last that does.
func (m *Melding) legRondeVast(a Alarm, aan []string, now time.Time, door Actor) {
	g := map[string]string{"advies": string(a.Advies), "ronde": strconv.Itoa(a.Rondes), "aan": strings.Join(aan, ", ")}
	if last := m.laatsteRonde(a); last != nil {
		same := last.Gegevens["aan"] == g["aan"] && last.Gegevens["advies"] == g["advies"]
		if same && a.Rondes > alarmVoorvallenEerst && !a.volgendVak(last.Op, now) {
			return
		}
		if from := last.rondeNa(); from < a.Rondes {
			g["vanaf"] = strconv.Itoa(from)
		}
	}
	m.Gebeurd(Voorval{Soort: VoorvalAlarmRonde, Op: now, Door: door, Gegevens: g})
}

// legEindeVast records that the open alarm a, the last of m, was taken on or lapsed, with
// the rounds that were given since the last that stands in the history: from "vanaf" to
// "ronde", each to those who were told of that one.
func (m *Melding) legEindeVast(soort VoorvalSoort, a Alarm, advies Advies, now time.Time, door Actor) {
	g := map[string]string{"advies": string(advies)}
	if last := m.laatsteRonde(a); last != nil {
		if from := last.rondeNa(); from <= a.Rondes {
			g["vanaf"], g["ronde"] = strconv.Itoa(from), strconv.Itoa(a.Rondes)
		}
	}
	m.Gebeurd(Voorval{Soort: soort, Op: now, Door: door, Gegevens: g})
}

// rondeNa is the number of the round after the one of which v tells.
func (v *Voorval) rondeNa() int {
	n, err := strconv.Atoi(v.Gegevens["ronde"])
	if err != nil {
		return math.MaxInt
	}
	return n + 1
}

// laatsteRonde is the last event of a round of a, the last alarm of m; nil when there
// is none.
func (m *Melding) laatsteRonde(a Alarm) *Voorval {
	for i := range slices.Backward(m.Geschiedenis) {
		switch v := &m.Geschiedenis[i]; {
		case v.Op.Before(a.Sinds), v.Soort == VoorvalAlarm:
			return nil
		case v.Soort == VoorvalAlarmRonde:
			return v
		}
	}
	return nil
}

// volgendVak reports that now lies in a later hour since a began than the moment was,
// or in a later day when a is older than a day.
func (a Alarm) volgendVak(was, now time.Time) bool {
	pace := alarmVoorvalUur
	if now.Sub(a.Sinds) >= alarmVoorvalDag {
		pace = alarmVoorvalDag
	}
	return now.Sub(a.Sinds)/pace > was.Sub(a.Sinds)/pace
}
