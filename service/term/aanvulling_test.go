package term_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// newDecree is a decree of the years after those that are shipped, with one day.
func newDecree(datum string) term.Aanvulling {
	return term.Aanvulling{
		Stand: "2028-06-01", Jaren: &term.Jaren{Van: 2024, Tot: 2031},
		Besluiten: []term.Besluit{{
			Besluit: "Besluit gelijkstelling 2029 tot en met 2031",
			Bron:    term.Bron{Titel: "koninklijk besluit, Staatscourant 2028, 12345", Verwijzing: "https://wetten.overheid.nl"},
			Dagen:   []term.Besluitdag{{Datum: datum, Naam: "gelijkgestelde dag na Hemelvaartsdag"}},
		}},
	}
}

func TestADecreeDayIsSkippedFromThenOn(t *testing.T) {
	k := calendar(t)
	next, faults := k.Vul(newDecree("2029-05-11"))
	require.Empty(t, faults)
	_, before := k.OvergeslagenDag(term.NewDate(2029, 5, 11))
	naam, after := next.OvergeslagenDag(term.NewDate(2029, 5, 11))
	assert.False(t, before, "the calendar it came from stays what it was")
	assert.True(t, after)
	assert.Equal(t, "gelijkgestelde dag na Hemelvaartsdag (koninklijk besluit, Staatscourant 2028, 12345)", naam)
	van, tot := next.Jaren()
	assert.Equal(t, []int{2024, 2031}, []int{van, tot})
	assert.NotEqual(t, k.Digest(), next.Digest())
	added, gone := k.Verschil(next)
	assert.Equal(t, []term.VrijeDag{{Datum: term.NewDate(2029, 5, 11), Naam: naam}}, added)
	assert.Empty(t, gone)

	same, faults := next.Vul(newDecree("2029-05-11"))
	require.Empty(t, faults)
	assert.Equal(t, next.Digest(), same.Digest(), "told again it changes nothing")
	kept, err := k.MetBesluitdagen(next.Besluitdagen())
	require.NoError(t, err)
	assert.Equal(t, next.Digest(), kept.Digest(), "it is the same after it was kept")
}

func TestAWrongDecreeDayIsTakenBack(t *testing.T) {
	k := calendar(t)
	next, faults := k.Vul(term.Aanvulling{Vervallen: []term.Vervallen{{Datum: "2028-05-26", Reden: "Dit was de verkeerde dag."}}})
	require.Empty(t, faults)
	_, skipped := next.OvergeslagenDag(term.NewDate(2028, 5, 26))
	assert.False(t, skipped)
	added, gone := k.Verschil(next)
	assert.Empty(t, added)
	assert.Len(t, gone, 1)
	back, faults := next.Vul(term.Aanvulling{Besluiten: []term.Besluit{{
		Besluit: "Besluit gelijkstelling van 2 januari 2026, 15 mei 2026, 7 mei 2027, 28 april 2028 en 26 mei 2028 met een algemeen erkende feestdag",
		Bron:    term.Bron{Titel: "koninklijk besluit voor 2026 tot en met 2028, Staatscourant 2025, 24713", Verwijzing: "https://wetten.overheid.nl/BWBR0051300"},
		Dagen:   []term.Besluitdag{{Datum: "2028-05-26", Naam: "gelijkgestelde dag na Hemelvaartsdag"}},
	}}})
	require.Empty(t, faults)
	assert.Equal(t, k.Digest(), back.Digest())
}

func TestDecreesThatCannotBeRightAreRefused(t *testing.T) {
	tests := map[string]struct {
		spoil func(a *term.Aanvulling)
		want  []string
	}{
		"a Saturday":                {func(a *term.Aanvulling) { a.Besluiten[0].Dagen[0].Datum = "2029-05-12" }, []string{"besluiten[0].dagen[0].datum kalender_al_vrij"}},
		"a holiday":                 {func(a *term.Aanvulling) { a.Besluiten[0].Dagen[0].Datum = "2029-05-10" }, []string{"besluiten[0].dagen[0].datum kalender_al_vrij"}},
		"a day that does not exist": {func(a *term.Aanvulling) { a.Besluiten[0].Dagen[0].Datum = "2029-02-29" }, []string{"besluiten[0].dagen[0].datum datum"}},
		"a day without a name":      {func(a *term.Aanvulling) { a.Besluiten[0].Dagen[0].Naam = " " }, []string{"besluiten[0].dagen[0].naam verplicht"}},
		"a day twice": {func(a *term.Aanvulling) {
			a.Besluiten[0].Dagen = append(a.Besluiten[0].Dagen, a.Besluiten[0].Dagen[0])
		}, []string{"besluiten[0].dagen[1].datum kalender_dubbel"}},
		"a day in two decrees": {func(a *term.Aanvulling) {
			other := a.Besluiten[0]
			other.Besluit = "Een ander besluit"
			a.Besluiten = append(a.Besluiten, other)
		}, []string{"besluiten[1].dagen[0].datum kalender_dubbel"}},
		"a day that another decree gives": {func(a *term.Aanvulling) { a.Besluiten[0].Dagen[0].Datum = "2028-05-26" }, []string{"besluiten[0].dagen[0].datum kalender_spreekt_tegen"}},
		"a day outside the years":         {func(a *term.Aanvulling) { a.Besluiten[0].Dagen[0].Datum = "2032-05-07" }, []string{"besluiten[0].dagen[0].datum kalender_buiten_jaren"}},
		"a day centuries away":            {func(a *term.Aanvulling) { a.Besluiten[0].Dagen[0].Datum = "2932-05-07" }, []string{"besluiten[0].dagen[0].datum datum"}},
		"years that shrink":               {func(a *term.Aanvulling) { a.Jaren = &term.Jaren{Van: 2025, Tot: 2027} }, []string{"jaren.van kalender_jaren_krimpen", "jaren.tot kalender_jaren_krimpen", "besluiten[0].dagen[0].datum kalender_buiten_jaren"}},
		"years that run ahead":            {func(a *term.Aanvulling) { a.Jaren.Tot = 2044 }, []string{"jaren.tot kalender_jaren_ver"}},
		"years before all":                {func(a *term.Aanvulling) { a.Jaren.Van = 1899 }, []string{"jaren.van kalender_jaren_ver"}},
		"no state of the law":             {func(a *term.Aanvulling) { a.Stand = "ooit" }, []string{"stand datum"}},
		"no Staatscourant":                {func(a *term.Aanvulling) { a.Besluiten[0].Bron.Titel = "koninklijk besluit" }, []string{"besluiten[0].bron.titel kalender_staatscourant"}},
		"no address":                      {func(a *term.Aanvulling) { a.Besluiten[0].Bron.Verwijzing = "" }, []string{"besluiten[0].bron.verwijzing verplicht"}},
		"no name":                         {func(a *term.Aanvulling) { a.Besluiten[0].Besluit = "" }, []string{"besluiten[0].besluit verplicht"}},
		"no days":                         {func(a *term.Aanvulling) { a.Besluiten[0].Dagen = nil }, []string{"besluiten[0].dagen verplicht"}},
		"takes back what is not there":    {func(a *term.Aanvulling) { a.Vervallen = []term.Vervallen{{Datum: "2028-05-25", Reden: "x"}} }, []string{"vervallen[0].datum kalender_niet_bekend"}},
		"takes back without a reason":     {func(a *term.Aanvulling) { a.Vervallen = []term.Vervallen{{Datum: "2028-05-26"}} }, []string{"vervallen[0].reden verplicht"}},
		"takes back a day that is none":   {func(a *term.Aanvulling) { a.Vervallen = []term.Vervallen{{Datum: "x", Reden: "x"}} }, []string{"vervallen[0].datum datum"}},
		"takes back twice": {func(a *term.Aanvulling) {
			a.Vervallen = []term.Vervallen{{Datum: "2028-05-26", Reden: "x"}, {Datum: "2028-05-26", Reden: "x"}}
		}, []string{"vervallen[1].datum kalender_dubbel"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a := newDecree("2029-05-11")
			test.spoil(&a)
			next, faults := calendar(t).Vul(a)
			assert.Nil(t, next)
			got := []string{}
			for _, f := range faults {
				got = append(got, f.Field+" "+f.Code)
			}
			assert.Equal(t, test.want, got)
		})
	}
}

func TestDaysOfAYearAreThoseThatAreSkipped(t *testing.T) {
	k := calendar(t)
	days := k.Dagen(2026)
	assert.Equal(t, "2026-01-01", days[0].Datum.String())
	assert.Equal(t, "gelijkgestelde dag na Nieuwjaarsdag (koninklijk besluit voor 2026 tot en met 2028, Staatscourant 2025, 24713)", days[1].Naam)
	assert.Len(t, days, 104+10, "52 weekends, and what falls on another day")
	for i := 1; i < len(days); i++ {
		assert.True(t, days[i-1].Datum.Before(days[i].Datum))
	}
}

func TestWhateverDayComesInMovesEndsForwardOnly(t *testing.T) {
	k := calendar(t)
	rapid.Check(t, func(r *rapid.T) {
		day := term.NewDate(2029, 1, 1).AddDays(rapid.IntRange(0, 1000).Draw(r, "dag"))
		next, faults := k.Vul(newDecree(day.String()))
		if _, free := k.OvergeslagenDag(day); free {
			require.NotEmpty(r, faults)
			return
		}
		require.Empty(r, faults)
		start := day.AddDays(-rapid.IntRange(1, 70).Draw(r, "start"))
		for _, g := range k.Soorten() {
			b := term.Berekening{Soort: g.Soort, Start: start, Peildatum: start}
			was, _ := k.Bereken(b)
			now, _ := next.Bereken(b)
			require.False(r, now.Einddatum.Before(was.Einddatum))
			_, ends := next.OvergeslagenDag(now.Einddatum)
			require.False(r, ends && g.AlgemeneTermijnenwet)
		}
		back, faults := next.Vul(term.Aanvulling{Vervallen: []term.Vervallen{{Datum: day.String(), Reden: "fout"}}})
		require.Empty(r, faults)
		require.Len(r, back.Dagen(day.Year()), len(k.Dagen(day.Year())))
	})
}
