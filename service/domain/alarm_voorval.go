package domain

import (
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
		if before, err := strconv.Atoi(last.Gegevens["ronde"]); err == nil && before+1 < a.Rondes {
			g["vanaf"] = strconv.Itoa(before + 1)
		}
	}
	m.Gebeurd(Voorval{Soort: VoorvalAlarmRonde, Op: now, Door: door, Gegevens: g})
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
