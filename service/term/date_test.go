package term_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

func TestParseDateRefusesWhatIsNoDate(t *testing.T) {
	tests := map[string]string{
		"nothing":                  "",
		"a day that is not there":  "2026-02-30",
		"29 February of a century": "2100-02-29",
		"month zero":               "2026-00-10",
		"month thirteen":           "2026-13-01",
		"day zero":                 "2026-01-00",
		"one digit":                "2026-1-02",
		"a moment":                 "2026-01-02T00:00:00Z",
		"a month":                  "2026-01",
		"a space before":           " 2026-01-02",
		"a line end after":         "2026-01-02\n",
		"slashes":                  "2026/01/02",
		"a sign":                   "+026-01-02",
		"the order of the office":  "02-01-2026",
		"digits of another script": "２０２６-01-02",
		"before 1900":              "1899-12-31",
		"after 2199":               "2200-01-01",
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			d, err := term.ParseDate(text)
			require.Error(t, err)
			assert.True(t, d.IsZero())
			if text != "" {
				assert.NotContains(t, err.Error(), text, "what was sent stays out of the log")
			}
		})
	}
}

func TestParseDateReadsTheFirstAndTheLastDay(t *testing.T) {
	for _, text := range []string{"1900-01-01", "2199-12-31", "2000-02-29", "2024-02-29"} {
		d, err := term.ParseDate(text)
		require.NoError(t, err)
		assert.Equal(t, text, d.String())
	}
}

func TestNoDateIsEmptyAndLiesBeforeEveryDate(t *testing.T) {
	var none term.Date
	assert.True(t, none.IsZero())
	assert.Empty(t, none.String())
	assert.True(t, none.Before(term.NewDate(term.MinYear, 1, 1)))
	assert.Equal(t, 0, none.Compare(term.Date{}))
}

func TestAddMonthsEndsInAShorterMonthOnItsLastDay(t *testing.T) {
	tests := map[string]struct {
		from   string
		months int
		want   string
	}{
		"the same day":                    {"2026-03-15", 4, "2026-07-15"},
		"31 October to February":          {"2025-10-31", 4, "2026-02-28"},
		"31 October to a leap February":   {"2027-10-31", 4, "2028-02-29"},
		"30 November over the year":       {"2026-11-30", 3, "2027-02-28"},
		"31 December to 31 January":       {"2026-12-31", 1, "2027-01-31"},
		"29 February a year later":        {"2028-02-29", 12, "2029-02-28"},
		"no months":                       {"2026-05-31", 0, "2026-05-31"},
		"a month back":                    {"2026-03-31", -1, "2026-02-28"},
		"more than a year back":           {"2026-01-31", -14, "2024-11-30"},
		"over the end of supported years": {"2199-12-31", 6, "2200-06-30"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, test.want, day(t, test.from).AddMonths(test.months).String())
		})
	}
}

func TestAddYearsTurns29FebruaryInto1March(t *testing.T) {
	assert.Equal(t, "2026-03-01", day(t, "2024-02-29").AddYears(2).String())
	assert.Equal(t, "2028-02-29", day(t, "2024-02-29").AddYears(4).String())
	assert.Equal(t, "2026-11-20", day(t, "2024-11-20").AddYears(2).String())
	assert.Equal(t, "2023-02-28", day(t, "2024-02-28").AddYears(-1).String())
}

func TestDateInIsTheCivilDateOfTheZone(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	require.NoError(t, err)
	late := time.Date(2026, 7, 1, 22, 30, 0, 0, time.UTC)
	assert.Equal(t, "2026-07-02", term.DateIn(late, zone).String(), "summer time is two hours ahead")
	assert.Equal(t, "2026-07-01", term.DateIn(late, time.UTC).String())
	winter := time.Date(2026, 12, 31, 23, 0, 0, 0, time.UTC)
	assert.Equal(t, "2027-01-01", term.DateIn(winter, zone).String())
}

func TestAYearThatDoesNotFitIsNoDate(t *testing.T) {
	assert.True(t, term.NewDate(40000, 1, 1).IsZero())
	assert.True(t, term.NewDate(-40000, 1, 1).IsZero())
	assert.True(t, day(t, "2026-01-01").AddYears(32000).IsZero())
	assert.True(t, day(t, "2026-01-01").AddDays(15_000_000).IsZero())
	assert.Equal(t, "2200-01-01", day(t, "2199-12-31").AddDays(1).String())
}

func TestPartsOfADate(t *testing.T) {
	d := day(t, "2026-04-27")
	assert.Equal(t, 2026, d.Year())
	assert.Equal(t, time.April, d.Month())
	assert.Equal(t, 27, d.Day())
	assert.Equal(t, time.Monday, d.Weekday())
}

// dates draws a day in the supported years.
func dates() *rapid.Generator[term.Date] {
	first := term.NewDate(term.MinYear, 1, 1)
	last := first.DaysUntil(term.NewDate(term.MaxYear, 12, 31))
	return rapid.Custom(func(t *rapid.T) term.Date {
		return first.AddDays(rapid.IntRange(0, last).Draw(t, "days"))
	})
}

func TestDatesAgreeWithTheStandardLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, e := dates().Draw(t, "d"), dates().Draw(t, "e")
		n := rapid.IntRange(-100_000, 100_000).Draw(t, "n")
		std := time.Date(d.Year(), d.Month(), d.Day(), 12, 0, 0, 0, time.UTC)
		other := time.Date(e.Year(), e.Month(), e.Day(), 12, 0, 0, 0, time.UTC)
		assert.Equal(t, std.Format(time.DateOnly), d.String())
		assert.Equal(t, std.Weekday(), d.Weekday())
		assert.Equal(t, std.Compare(other), d.Compare(e))
		assert.Equal(t, std.Before(other), d.Before(e))
		assert.Equal(t, std.After(other), d.After(e))
		assert.Equal(t, std.AddDate(0, 0, n).Format(time.DateOnly), d.AddDays(n).String())
		assert.Equal(t, n, d.DaysUntil(d.AddDays(n)))
		assert.Equal(t, e, d.AddDays(d.DaysUntil(e)), "also over more years than a time.Duration holds")
	})
}

func TestAddMonthsKeepsTheMonthAndNeverPassesTheDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := dates().Draw(t, "d")
		n := rapid.IntRange(0, 600).Draw(t, "months")
		got := d.AddMonths(n)
		assert.Equal(t, d.Year()*12+int(d.Month())+n, got.Year()*12+int(got.Month()))
		if got.Day() != d.Day() {
			assert.Less(t, got.Day(), d.Day())
			assert.Equal(t, 1, got.AddDays(1).Day(), "the last day of the month")
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, seed := range []string{"2026-03-16", "2024-02-29", "2026-02-30", "", "9999-99-99", "2026-1-1", "-001-01-01"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := term.ParseDate(text)
		if err != nil {
			assert.True(t, d.IsZero())
			return
		}
		assert.Equal(t, text, d.String(), "a date has one form")
		assert.GreaterOrEqual(t, d.Year(), term.MinYear)
		assert.LessOrEqual(t, d.Year(), term.MaxYear)
		assert.Equal(t, d, d.AddDays(1).AddDays(-1))
	})
}
