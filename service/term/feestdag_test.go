package term_test

import (
	"testing"

	"github.com/rickar/cal/v2/nl"
	"github.com/stretchr/testify/assert"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

const (
	firstParagraph  = " (Algemene termijnenwet, artikel 3, eerste lid)"
	secondParagraph = " (Algemene termijnenwet, artikel 3, tweede lid)"
	kingsDay        = "Koningsdag (Algemene termijnenwet, artikel 3, eerste lid, en Staatscourant 2013, 4075)"
	firstDecree     = " (koninklijk besluit voor 2023 tot en met 2025)"
	secondDecree    = " (koninklijk besluit voor 2026 tot en met 2028, Staatscourant 2025, 24713)"
	saturday        = "zaterdag (Algemene termijnenwet, artikel 1, eerste lid)"
	sunday          = "zondag (Algemene termijnenwet, artikel 1, eerste lid)"
)

func TestSkippedDaysHaveTheirNameAndSource(t *testing.T) {
	tests := map[string]string{
		"2026-01-01": "Nieuwjaarsdag" + firstParagraph,
		"2026-04-03": "Goede Vrijdag" + secondParagraph,
		"2026-04-05": sunday,
		"2026-04-06": "Tweede Paasdag" + firstParagraph,
		"2026-04-27": kingsDay,
		"2025-04-26": kingsDay,
		"2025-04-27": sunday,
		"2031-04-26": kingsDay,
		"2026-05-05": "Bevrijdingsdag" + firstParagraph,
		"2026-05-14": "Hemelvaartsdag" + firstParagraph,
		"2026-05-25": "Tweede Pinksterdag" + firstParagraph,
		"2026-12-25": "Eerste Kerstdag" + firstParagraph,
		"2026-12-26": "Tweede Kerstdag" + firstParagraph,
		"2026-06-06": saturday,
		"2026-06-07": sunday,
		"2024-05-10": "gelijkgestelde dag na Hemelvaartsdag" + firstDecree,
		"2024-12-27": "gelijkgestelde dag na Tweede Kerstdag" + firstDecree,
		"2025-05-30": "gelijkgestelde dag na Hemelvaartsdag" + firstDecree,
		"2026-01-02": "gelijkgestelde dag na Nieuwjaarsdag" + secondDecree,
		"2026-05-15": "gelijkgestelde dag na Hemelvaartsdag" + secondDecree,
		"2027-05-07": "gelijkgestelde dag na Hemelvaartsdag" + secondDecree,
		"2028-04-28": "gelijkgestelde dag na Koningsdag" + secondDecree,
		"2028-05-26": "gelijkgestelde dag na Hemelvaartsdag" + secondDecree,
	}
	k := calendar(t)
	for text, want := range tests {
		t.Run(text, func(t *testing.T) {
			naam, skipped := k.OvergeslagenDag(day(t, text))
			assert.True(t, skipped)
			assert.Equal(t, want, naam)
		})
	}
}

func TestOrdinaryDaysAreNotSkipped(t *testing.T) {
	tests := map[string]string{
		"4 May":                  "2026-05-04",
		"Maundy Thursday":        "2026-04-02",
		"New Year's Eve":         "2026-12-31",
		"Saint Nicholas":         "2025-12-05",
		"30 April":               "2026-04-30",
		"26 April in most years": "2027-04-26",
		"a Friday after Ascension that no decree names": "2029-05-11",
	}
	k := calendar(t)
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			naam, skipped := k.OvergeslagenDag(day(t, text))
			assert.False(t, skipped)
			assert.Empty(t, naam)
		})
	}
}

// The library knows neither the days equated by decree nor the weekend. It keeps
// King's Day on 27 April before 2014 too, as this calendar does: those years are
// not known here and give a warning. So every supported year can be compared.
func TestHolidaysAgreeWithAnotherLibrary(t *testing.T) {
	k := calendar(t)
	for year := term.MinYear; year <= term.MaxYear; year++ {
		want := map[term.Date]bool{}
		for _, h := range nl.Holidays {
			_, observed := h.Calc(year)
			want[term.NewDate(observed.Date())] = true
		}
		last := term.NewDate(year, 12, 31)
		for d := term.NewDate(year, 1, 1); !d.After(last); d = d.AddDays(1) {
			_, skipped := k.OvergeslagenDag(d)
			assert.Equal(t, want[d] || weekend(d) || decree(d), skipped, d)
		}
	}
}

func weekend(d term.Date) bool { return d.Weekday()%6 == 0 }

func decree(d term.Date) bool {
	switch d.String() {
	case "2024-05-10", "2024-12-27", "2025-05-30", "2026-01-02", "2026-05-15", "2027-05-07", "2028-04-28", "2028-05-26":
		return true
	}
	return false
}
