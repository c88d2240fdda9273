package domain

import (
	"slices"
	"time"
)

// The pace of an alarm: a round every AlarmRonde, and after every AlarmUitbreiding one
// more of those in line is told.
const (
	AlarmRonde       = 15 * time.Minute
	AlarmUitbreiding = 30 * time.Minute
)

// Alarm is an advice that does not wait for office hours: people are told again and
// again until one of them takes it on. A zero Time has not happened.
type Alarm struct {
	Advies  Advies
	Sinds   time.Time
	Rondes  int       // how many were given
	Laatste time.Time // when the last was given
	// AangenomenOp and Door are when and by whom it was taken on; VervallenOp is when
	// the advice became one that can wait, or one that is more serious: then another
	// alarm took its place.
	AangenomenOp time.Time
	Door         string
	VervallenOp  time.Time
	// Verzoek is what the request by which it was taken on was kept under; empty
	// when it had no key.
	Verzoek string
}

// Open reports that nobody took the alarm on yet, and that it still stands.
func (a Alarm) Open() bool { return a.AangenomenOp.IsZero() && a.VervallenOp.IsZero() }

// GewijzigdOp is when something last happened to the alarm.
func (a Alarm) GewijzigdOp() time.Time {
	return slices.MaxFunc([]time.Time{a.Sinds, a.Laatste, a.AangenomenOp, a.VervallenOp}, time.Time.Compare)
}

// Volgende is when the next round is due; the zero Time of an alarm that is not open.
func (a Alarm) Volgende() time.Time {
	switch {
	case !a.Open():
		return time.Time{}
	case a.Rondes == 0:
		return a.Sinds
	}
	past := a.Laatste.Sub(a.Sinds) / AlarmRonde
	return a.Sinds.Add((past + 1) * AlarmRonde)
}

// Aantal is how many of those in line are told at the moment now.
func (a Alarm) Aantal(now time.Time) int { return 1 + int(now.Sub(a.Sinds)/AlarmUitbreiding) }

// alarmerend reports that an advice does not wait.
func alarmerend(a Advies) bool { return a == Escaleren || a == Beoordelen }

// alarm is the open alarm of m, nil when there is none.
func (m *Melding) alarm() *Alarm {
	if n := len(m.Alarmen); n > 0 && m.Alarmen[n-1].Open() {
		return &m.Alarmen[n-1]
	}
	return nil
}

// Alarm is the open alarm of m, false when there is none.
func (m *Melding) Alarm() (Alarm, bool) {
	if a := m.alarm(); a != nil {
		return *a, true
	}
	return Alarm{}, false
}

// AlarmAantal is how many of those in line are told of the open alarm of m at the
// moment now. One that took the place of another goes on in line where that was.
func (m *Melding) AlarmAantal(now time.Time) int {
	a := m.alarm()
	if a == nil {
		return 0
	}
	since := *a
	if n := len(m.Alarmen); n > 1 && m.Alarmen[n-2].vervangenDoor(*a) {
		since = m.Alarmen[n-2]
	}
	return since.Aantal(now)
}

// vervangenDoor reports that next took the place of a: nobody took a on, and it lapsed
// when next, which is more serious, began.
func (a Alarm) vervangenDoor(next Alarm) bool {
	return a.ernstiger(next.Advies) && a.AangenomenOp.IsZero() && a.VervallenOp.UnixMilli() == next.Sinds.UnixMilli()
}

// ernstiger reports that advice is more than what a is about.
func (a Alarm) ernstiger(advice Advies) bool { return a.Advies == Beoordelen && advice == Escaleren }

// volgAlarm starts or ends the alarm of m by the advice it has. Only a correction ends
// one for good: what the service itself finds later may put a more serious one in its
// place, of which people are told at once, but never silence it. Whoever took an alarm
// on is not told again of what it covers, and an advice that was silent (see
// AdviseerStil) covers the same.
func (m *Melding) volgAlarm(door Actor) {
	now, advice := m.Advies.Op, m.Advies.Advies
	corrected := m.Advies.Aanleiding == BijWijziging
	var last *Alarm
	if n := len(m.Alarmen); n > 0 && m.Alarmen[n-1].VervallenOp.IsZero() {
		last = &m.Alarmen[n-1]
	}
	switch {
	case last != nil && !alarmerend(advice) && corrected:
		m.vervalt(last, advice, now, door)
	case !alarmerend(advice), m.Status == StatusAfgesloten:
	case last != nil && !last.ernstiger(advice), last == nil && m.zwegen():
	default:
		if last != nil && last.Open() {
			m.vervalt(last, advice, now, door)
		}
		m.Alarmen = append(m.Alarmen, Alarm{Advies: advice, Sinds: now})
		m.Gebeurd(Voorval{Soort: VoorvalAlarm, Op: now, Door: door, Gegevens: map[string]string{"advies": string(advice)}})
	}
}

// vervalt has a, the last alarm of m, lapse since the advice is another one.
func (m *Melding) vervalt(a *Alarm, advice Advies, now time.Time, door Actor) {
	if a.Open() {
		m.legEindeVast(VoorvalAlarmVervallen, *a, advice, now, door)
	}
	a.VervallenOp = now
}

// zwegen reports that the advice before this one did not wait either, and that nobody
// was told of it.
func (m *Melding) zwegen() bool {
	n := len(m.Eerdere)
	return n > 0 && len(m.Alarmen) == 0 && alarmerend(m.Eerdere[n-1].Advies)
}

// AlarmRonde records that a round of the open alarm is given to these users; of an alarm
// that goes on for long not each stands in the history. It reports false, changing
// nothing, when none is due at now.
func (m *Melding) AlarmRonde(aan []string, now time.Time, door Actor) bool {
	a := m.alarm()
	if a == nil || now.Before(a.Volgende()) {
		return false
	}
	a.Rondes++
	a.Laatste = now
	m.legRondeVast(*a, aan, now, door)
	return true
}

// NeemAan records that door takes the open alarm on, by a request that is kept under
// verzoek; empty: it has no key. A Conflict when there is none, which says who took
// the last one on, unless that was door, or this request: then nothing changes, and
// it reports false.
func (m *Melding) NeemAan(now time.Time, door Actor, verzoek string) (bool, error) {
	if m.aangenomenMet(verzoek) {
		return false, nil
	}
	a := m.alarm()
	if a == nil {
		return false, m.geenAlarm(door)
	}
	a.AangenomenOp, a.Door, a.Verzoek = now, door.ID, verzoek
	m.legEindeVast(VoorvalAangenomen, *a, a.Advies, now, door)
	return true, nil
}

// aangenomenMet reports that an alarm of m was taken on by a request that was kept
// under verzoek.
func (m *Melding) aangenomenMet(verzoek string) bool {
	return verzoek != "" && slices.ContainsFunc(m.Alarmen, func(a Alarm) bool { return a.Verzoek == verzoek })
}

// geenAlarm is why door cannot take an alarm on that is not open; nil when he took
// it on himself.
func (m *Melding) geenAlarm(door Actor) error {
	n := len(m.Alarmen)
	if n == 0 || m.Alarmen[n-1].AangenomenOp.IsZero() {
		return &Error{Code: Conflict, Key: "fout.geen_alarm"}
	}
	if last := m.Alarmen[n-1]; last.Door != door.ID {
		return &Error{Code: Conflict, Key: "fout.alarm_aangenomen", Args: []any{last.Door, last.AangenomenOp}}
	}
	return nil
}
