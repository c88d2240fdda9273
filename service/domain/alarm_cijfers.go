package domain

import (
	"math"
	"slices"
	"time"
)

// AlarmCijfers are figures of alarms. Aangenomen are those that somebody took on;
// Mediaan and P90 are how many minutes that took, 0 when there are none. Nooit are
// those that lapsed before anybody did. TeLaat are those that nobody took on within
// AlarmNorm, also those that are open.
type AlarmCijfers struct {
	Aantal, Open, Aangenomen, Nooit, TeLaat int
	Mediaan, P90                            float64
}

// AlarmNorm is within what time an alarm should be taken on: then the next in line is
// told.
const AlarmNorm = AlarmUitbreiding

// TelAlarmen counts alarms as they stand at the moment now.
func TelAlarmen(all []AlarmRegel, now time.Time) AlarmCijfers {
	c := AlarmCijfers{Aantal: len(all)}
	var minutes []float64
	for _, a := range all {
		end := a.AangenomenOp
		switch {
		case a.Open():
			c.Open++
			end = now
		case a.AangenomenOp.IsZero():
			c.Nooit++
			end = a.VervallenOp
		default:
			c.Aangenomen++
			minutes = append(minutes, a.AangenomenOp.Sub(a.Sinds).Minutes())
		}
		if end.Sub(a.Sinds) > AlarmNorm {
			c.TeLaat++
		}
	}
	slices.Sort(minutes)
	c.Mediaan, c.P90 = percentiel(minutes, 50), percentiel(minutes, 90)
	return c
}

// percentiel is the smallest of sorted of which p per cent is not larger, to a tenth.
func percentiel(sorted []float64, p int) float64 {
	if len(sorted) == 0 {
		return 0
	}
	rank := (len(sorted)*p + 99) / 100
	return math.Round(sorted[max(0, rank-1)]*10) / 10
}
