package term_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

func TestItIsToldAYearAheadThatTheKnownYearsEnd(t *testing.T) {
	k := calendar(t) // known to 2028
	for day, want := range map[string]string{
		"2026-11-28": "", "2027-12-30": "", "2027-12-31": "kalender.jaren_bijna_voorbij", "2028-06-01": "kalender.jaren_bijna_voorbij",
		"2028-12-31": "kalender.jaren_bijna_voorbij", "2029-01-01": "kalender.jaren_voorbij", "2150-01-01": "kalender.jaren_voorbij",
	} {
		d, err := term.ParseDate(day)
		require.NoError(t, err)
		said, near := k.JarenOp(d)
		assert.Equal(t, want, said.Key, day)
		assert.Equal(t, want != "", near, day)
	}
	next, faults := k.Vul(newDecree("2029-05-11"))
	require.Empty(t, faults)
	_, near := next.JarenOp(term.NewDate(2028, 6, 1))
	assert.False(t, near, "until 2031 is known")
	assert.True(t, next.Bekend(2031))
	assert.False(t, next.Bekend(2032))
	assert.False(t, next.Bekend(2023))
}

func TestADayThatIsSkippedSaysWhyAndWhereThatStands(t *testing.T) {
	k := calendar(t)
	kinds := map[string]term.Kalenderdag{}
	for _, d := range k.Dagen(2026) {
		kinds[d.Datum.String()] = d
		naam, skipped := k.OvergeslagenDag(d.Datum)
		assert.True(t, skipped)
		assert.Equal(t, naam, d.Naam, "the words of an explanation")
		assert.Equal(t, d.Naam, d.Kort+" ("+d.Bron.Titel+")")
		assert.Contains(t, term.DagSoorten(), d.Soort)
		assert.NotEmpty(t, d.Bron.Verwijzing)
	}
	for day, want := range map[string]term.DagSoort{
		"2026-01-01": term.DagFeestdag, "2026-01-02": term.DagBesluit, "2026-01-03": term.DagWeekend,
		"2026-12-26": term.DagFeestdag, // on a Saturday it has the name of the holiday
	} {
		assert.Equal(t, want, kinds[day].Soort, day)
	}
	for _, year := range []int{term.MinYear, 2100, term.MaxYear} {
		assert.Greater(t, len(k.Dagen(year)), 104, "holidays and weekends of any year")
	}
}

func TestDecreesAreReadAsTheyWereWritten(t *testing.T) {
	next, faults := calendar(t).Vul(newDecree("2029-05-11"))
	require.Empty(t, faults)
	got, err := term.LeesBesluiten(next.Besluitdagen())
	require.NoError(t, err)
	assert.Equal(t, term.Jaren{Van: 2024, Tot: 2031}, got.Jaren)
	assert.Equal(t, "2028-06-01", got.Stand)
	require.Len(t, got.Besluiten, 3)
	assert.Equal(t, newDecree("2029-05-11").Besluiten[0], got.Besluiten[2])
	for _, text := range []string{"", "{", `{"nieuw":1}`, `{} {}`, `[]`} {
		_, err := term.LeesBesluiten([]byte(text))
		assert.Error(t, err, text)
	}
}
