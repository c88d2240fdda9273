package domain_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

func TestFiguresOfAlarms(t *testing.T) {
	now := time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC)
	taken := func(minutes float64) domain.AlarmRegel {
		since := now.AddDate(0, 0, -1)
		return domain.AlarmRegel{Alarm: domain.Alarm{Sinds: since, AangenomenOp: since.Add(time.Duration(minutes * float64(time.Minute)))}}
	}
	open := func(minutes int) domain.AlarmRegel {
		return domain.AlarmRegel{Alarm: domain.Alarm{Sinds: now.Add(-time.Duration(minutes) * time.Minute)}}
	}
	lapsed := taken(45)
	lapsed.AangenomenOp, lapsed.VervallenOp = time.Time{}, lapsed.AangenomenOp
	both := taken(3)
	both.VervallenOp = now
	ten := []domain.AlarmRegel{}
	for _, n := range []float64{10, 9, 8, 7, 6, 5, 4, 3, 2, 1} {
		ten = append(ten, taken(n))
	}
	for name, c := range map[string]struct {
		all  []domain.AlarmRegel
		want domain.AlarmCijfers
	}{
		"none":                              {nil, domain.AlarmCijfers{}},
		"one":                               {[]domain.AlarmRegel{taken(4)}, domain.AlarmCijfers{Aantal: 1, Aangenomen: 1, Mediaan: 4, P90: 4}},
		"ten":                               {ten, domain.AlarmCijfers{Aantal: 10, Aangenomen: 10, Mediaan: 5, P90: 9}},
		"to a tenth":                        {[]domain.AlarmRegel{taken(4.26)}, domain.AlarmCijfers{Aantal: 1, Aangenomen: 1, Mediaan: 4.3, P90: 4.3}},
		"half an hour is in time":           {[]domain.AlarmRegel{taken(30), open(30)}, domain.AlarmCijfers{Aantal: 2, Aangenomen: 1, Open: 1, Mediaan: 30, P90: 30}},
		"longer is not":                     {[]domain.AlarmRegel{taken(31), open(31)}, domain.AlarmCijfers{Aantal: 2, Aangenomen: 1, Open: 1, TeLaat: 2, Mediaan: 31, P90: 31}},
		"lapsed before anybody took it":     {[]domain.AlarmRegel{lapsed}, domain.AlarmCijfers{Aantal: 1, Nooit: 1, TeLaat: 1}},
		"taken on, and then corrected away": {[]domain.AlarmRegel{both}, domain.AlarmCijfers{Aantal: 1, Aangenomen: 1, Mediaan: 3, P90: 3}},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, c.want, domain.TelAlarmen(c.all, now)) })
	}
}

func TestAPeriodOfAlarmsIsAYearAtMost(t *testing.T) {
	today := term.NewDate(2026, time.November, 20)
	for name, c := range map[string]struct {
		given    map[string]string
		van, tot string
		faults   []string
	}{
		"nothing":             {nil, "2025-11-21", "2026-11-20", nil},
		"from a day":          {map[string]string{"van": "2026-11-01"}, "2026-11-01", "2026-11-20", nil},
		"from long ago":       {map[string]string{"van": "2020-01-01"}, "2020-01-01", "2020-12-31", nil},
		"up to a day":         {map[string]string{"tot": "2020-12-30"}, "2020-01-01", "2020-12-30", nil},
		"a leap year":         {map[string]string{"van": "2024-01-01", "tot": "2024-12-31"}, "2024-01-01", "2024-12-31", nil},
		"a day more":          {map[string]string{"van": "2024-01-01", "tot": "2025-01-01"}, "", "", []string{"van periode_te_lang"}},
		"the wrong way round": {map[string]string{"van": "2024-01-02", "tot": "2024-01-01"}, "", "", []string{"van van_na_tot_periode"}},
		"no days":             {map[string]string{"van": "x", "tot": "2024-02-30"}, "", "", []string{"van datum", "tot datum"}},
	} {
		t.Run(name, func(t *testing.T) {
			f, faults := domain.LeesAlarmFilter(func(field string) string { return c.given[field] })
			var got []string
			for _, fault := range faults {
				got = append(got, fault.Field+" "+fault.Code)
			}
			require.ElementsMatch(t, c.faults, got)
			if c.faults != nil {
				return
			}
			van, tot := f.Periode(today)
			assert.Equal(t, []string{c.van, c.tot}, []string{van.String(), tot.String()})
		})
	}
}
