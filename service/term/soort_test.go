package term_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

func TestElevenKindsInTheirOrder(t *testing.T) {
	weeks := func(n int) term.Duur { return term.Duur{Aantal: n, Eenheid: term.Weken} }
	months := func(n int) term.Duur { return term.Duur{Aantal: n, Eenheid: term.Maanden} }
	days := func(n int) term.Duur { return term.Duur{Aantal: n, Eenheid: term.Werkdagen} }
	var none term.Duur
	want := []struct {
		soort     term.Soort
		length    term.Duur
		extension term.Duur
		agreement bool
		act       bool
		near      int
		source    string
	}{
		{"reactie_aanbieder", weeks(6), weeks(4), true, true, 7, "Wkkgz, artikel 17"},
		{"aanvullen_melding", weeks(2), none, false, true, 7, "Uitvoeringsbesluit Wkkgz, artikel 8.16"},
		{"besluit_onderzoek", weeks(4), weeks(2), false, true, 7, "Uitvoeringsbesluit Wkkgz, artikel 8.18"},
		{"onderzoek_aanbieder", weeks(8), none, true, true, 7, "Uitvoeringsbesluit Wkkgz, artikel 8.21"},
		{"kennisverzameling", months(4), months(4), false, false, 7, "Uitvoeringsbesluit Wkkgz, artikel 8.21"},
		{"reactie_conceptrapport", weeks(4), none, false, true, 7, "Uitvoeringsbesluit Wkkgz, artikel 8.24"},
		{"definitief_rapport", weeks(4), none, false, true, 7, "Uitvoeringsbesluit Wkkgz, artikel 8.25"},
		{"reactie_gespreksverslag", weeks(2), none, false, true, 7, "Uitvoeringsbesluit Wkkgz, artikel 8.22"},
		{"uitspraak_geschilleninstantie", months(6), none, false, false, 7, "Wkkgz, artikel 22"},
		{"reactie_oordeel_jeugd", months(1), none, false, true, 7, "Jeugdwet, artikel 4.2.1"},
		{"terugbellen_lmz", days(5), none, false, false, 2, "Eigen servicenorm van het Landelijk Meldpunt Zorg"},
	}
	got := calendar(t).Soorten()
	if !assert.Len(t, got, len(want)) {
		return
	}
	for i, w := range want {
		g := got[i]
		assert.Equal(t, w.soort, g.Soort)
		assert.Equal(t, w.length, g.Lengte, w.soort)
		assert.Equal(t, w.extension, g.Verlenging, w.soort)
		assert.Equal(t, w.extension != none, g.Verlengbaar(), w.soort)
		assert.Equal(t, w.agreement, g.NadereTermijn, w.soort)
		assert.Equal(t, w.act, g.AlgemeneTermijnenwet, w.soort)
		assert.Equal(t, w.near, g.NadertDagen, w.soort)
		assert.Equal(t, w.source, g.Bron.Titel, w.soort)
		assert.NotEmpty(t, g.Bron.Verwijzing, w.soort)
		assert.NotEmpty(t, g.Titel, w.soort)
	}
}

func TestTheListOfKindsIsACopy(t *testing.T) {
	k := calendar(t)
	k.Soorten()[0].Lengte.Aantal = 99
	assert.Equal(t, 6, k.Soorten()[0].Lengte.Aantal)
}

func TestTheAnswerNamesTheKindAndItsSource(t *testing.T) {
	today := term.NewDate(2026, 3, 16)
	for _, g := range calendar(t).Soorten() {
		u := answer(t, term.Berekening{Soort: g.Soort, Start: today, Peildatum: today})
		assert.Equal(t, g.Titel, u.Titel)
		assert.Equal(t, g.Bron, u.Bron)
		assert.Nil(t, u.Verlenging)
	}
}

func TestTheYearsOfWhichTheDecreesAreKnown(t *testing.T) {
	from, to := calendar(t).Jaren()
	assert.Equal(t, 2024, from)
	assert.Equal(t, 2028, to)
}
