package domain_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/fixtures"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// termSentences gives every sentence that the calendar comes up with over the
// cases, by key, as faults and as parts of an answer.
func termSentences(t *testing.T) map[string][]any {
	t.Helper()
	k, err := term.Load()
	require.NoError(t, err)
	cases, err := fixtures.TermijnGevallen()
	require.NoError(t, err)
	out := map[string][]any{}
	for _, c := range cases {
		u, faults := k.Bereken(termQuestion(c.Invoer))
		addTermSentences(out, u, faults)
	}
	late := term.NewDate(term.MaxYear+1, 1, 1)
	_, faults := k.Bereken(term.Berekening{Soort: term.ReactieAanbieder, Start: late, Peildatum: late})
	addTermSentences(out, term.Uitkomst{}, faults)
	addSingularSentences(t, out)
	addSentencesOfMeldingen(out, k)
	return out
}

func addTermSentences(out map[string][]any, u term.Uitkomst, faults []term.Fault) {
	for _, f := range faults {
		out["gebrek."+f.Code] = f.Args
	}
	for _, w := range u.Waarschuwingen {
		out[w.Key] = w.Args
	}
	for _, s := range u.Verklaring {
		out[s.Reden.Key] = s.Reden.Args
	}
	if u.Verlenging != nil {
		out[u.Verlenging.Reden.Key] = u.Verlenging.Reden.Args
	}
}

// addSingularSentences adds the sentences of terms of one week and one working
// day, which the calendar can hold but the shipped one does not.
func addSingularSentences(t *testing.T, out map[string][]any) {
	t.Helper()
	data := fstest.MapFS{}
	for _, name := range []string{"soorten.json", "feestdagen.json", "besluitdagen.json", "herinneringen.json"} {
		text, err := os.ReadFile("../term/data/" + name)
		require.NoError(t, err)
		data[name] = &fstest.MapFile{Data: regexp.MustCompile(`"aantal": \d+`).ReplaceAll(text, []byte(`"aantal": 1`))}
	}
	k, err := term.LoadFrom(data)
	require.NoError(t, err)
	today := term.NewDate(2026, 6, 1)
	for _, g := range k.Soorten() {
		u, faults := k.Bereken(term.Berekening{Soort: g.Soort, Start: today, Peildatum: today})
		require.Empty(t, faults)
		addTermSentences(out, u, nil)
	}
}

// addSentencesOfMeldingen adds what is only said of terms of a melding.
func addSentencesOfMeldingen(out map[string][]any, k *term.Kalender) {
	start := term.NewDate(2026, 3, 2)
	for _, run := range []domain.MeldingTermijn{
		{Soort: term.EigenTermijn, Start: start, NadereTermijnTot: start.AddDays(30)},
		{Soort: "onderzoek_aanbieder", Start: start, NadereTermijnTot: start.AddDays(30), NadereAkkoord: start},
	} {
		u, faults := run.Reken(k, start)
		addTermSentences(out, u, faults)
	}
	m := domain.Melding{}
	late := domain.MeldingTermijn{Soort: "aanvullen_melding", Start: start, Einddatum: start, BeeindigdOp: start.AddDays(30)}
	u, _ := m.Uitleg(late, domain.TriageInvoer{}, k, start)
	addTermSentences(out, u, nil)
	answered := domain.MeldingTermijn{Soort: term.ReactieAanbieder, Start: start, Einddatum: start, VoldaanOp: start, EindBijVoldaan: start}
	u, _ = m.Uitleg(answered, domain.TriageInvoer{}, k, start)
	addTermSentences(out, u, nil)
	nothing := domain.Opgave{Antwoord: &domain.AntwoordOpgave{Oordeel: "nee", Besluiten: "nee", TermijnMaatregelen: "nee"}}
	addTermSentences(out, term.Uitkomst{Waarschuwingen: nothing.OnvolledigAntwoord()}, nil)
}

// termQuestion reads the question of a case; a date that is not given stays zero.
func termQuestion(in fixtures.TermijnInvoer) term.Berekening {
	on := func(s string) term.Date {
		d, err := term.ParseDate(s)
		if err != nil {
			return term.Date{}
		}
		return d
	}
	b := term.Berekening{
		Soort: term.Soort(in.Soort), Start: on(in.Start), Peildatum: on(in.Peildatum),
		VerlengdOp: on(in.VerlengdOp), VoldaanOp: on(in.VoldaanOp),
	}
	if n := in.NadereTermijn; n != nil {
		b.NadereTermijn = &term.NadereTermijn{Tot: on(n.Tot), AkkoordOp: on(n.AkkoordOp)}
	}
	return b
}

func TestEverySentenceOfTheCalendarCanBeSaid(t *testing.T) {
	texts, err := domain.LoadTexts()
	require.NoError(t, err)
	for key, args := range termSentences(t) {
		t.Run(key, func(t *testing.T) {
			require.Contains(t, texts, key)
			said := texts.Sentence(key, args...)
			assert.NotContains(t, said, "%", "as many verbs as there are arguments, of the right type")
			assert.Regexp(t, `^[A-Z0-9].*\.$`, said)
			for _, sentence := range regexp.MustCompile(`[.:] `).Split(said, -1) {
				assert.LessOrEqual(t, len(strings.Fields(sentence)), 22, "a short sentence: %s", sentence)
			}
		})
	}
}

func TestNoSentenceOfTheCalendarIsLeftOver(t *testing.T) {
	texts, err := domain.LoadTexts()
	require.NoError(t, err)
	said := termSentences(t)
	for key := range texts {
		if strings.HasPrefix(key, "term.") || strings.HasPrefix(key, "gebrek.termijn_") {
			assert.Contains(t, said, key)
		}
	}
}

func TestAnExplanationReadsAsDutch(t *testing.T) {
	texts, err := domain.LoadTexts()
	require.NoError(t, err)
	k, err := term.Load()
	require.NoError(t, err)
	start := term.NewDate(2026, 3, 16)
	u, faults := k.Bereken(term.Berekening{
		Soort: term.ReactieAanbieder, Start: start, Peildatum: start, VerlengdOp: term.NewDate(2026, 4, 29),
	})
	require.Empty(t, faults)
	var said []string
	for _, s := range u.Verklaring {
		said = append(said, texts.Sentence(s.Reden.Key, s.Reden.Args...))
	}
	assert.Equal(t, []string{
		"De termijn start op maandag 16 maart 2026. Die dag zelf telt niet mee.",
		"6 weken na de start is het maandag 27 april 2026.",
		"Op maandag 27 april 2026 kan de termijn niet eindigen. " +
			"Reden: Koningsdag (Algemene termijnenwet, artikel 3, eerste lid, en Staatscourant 2013, 4075).",
		"De eerste gewone dag daarna is dinsdag 28 april 2026.",
		"De verlenging op woensdag 29 april 2026 is te laat, want de laatste dag was dinsdag 28 april 2026. " +
			"De verlenging telt niet.",
		"De laatste dag van de termijn is dinsdag 28 april 2026.",
	}, said)
}
