package vorm

import (
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

type alarmRow struct {
	Advies       domain.Advies `json:"advies"`
	Sinds        int64         `json:"sinds"`
	Rondes       int           `json:"rondes"`
	Laatste      int64         `json:"laatste,omitempty"`
	AangenomenOp int64         `json:"aangenomenOp,omitempty"`
	Door         string        `json:"door,omitempty"`
	VervallenOp  int64         `json:"vervallenOp,omitempty"`
	Verzoek      string        `json:"verzoek,omitempty"`
}

func alarmToRow(a domain.Alarm) alarmRow {
	return alarmRow{
		Advies: a.Advies, Sinds: a.Sinds.UnixMilli(), Rondes: a.Rondes, Laatste: Milli(a.Laatste),
		AangenomenOp: Milli(a.AangenomenOp), Door: a.Door, VervallenOp: Milli(a.VervallenOp), Verzoek: a.Verzoek,
	}
}

func alarmOf(r alarmRow) domain.Alarm {
	return domain.Alarm{
		Advies: r.Advies, Sinds: Moment(r.Sinds), Rondes: r.Rondes, Laatste: MomentOf(r.Laatste),
		AangenomenOp: MomentOf(r.AangenomenOp), Door: r.Door, VervallenOp: MomentOf(r.VervallenOp), Verzoek: r.Verzoek,
	}
}

// Milli writes a moment that may not have happened: the zero Time is 0.
func Milli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// MilliOmhoog is the first whole millisecond that is not before t.
func MilliOmhoog(t time.Time) int64 { return t.Add(time.Millisecond - 1).UnixMilli() }

// MomentOf is the moment that Milli wrote.
func MomentOf(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return Moment(ms)
}
