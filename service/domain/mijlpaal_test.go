package domain_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/fixtures"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// course is a melding to which things happen.
type course struct {
	k     *term.Kalender
	today term.Date
	m     domain.Melding
	in    domain.TriageInvoer
}

// begin makes the melding of a case as it is received, with the terms of then.
func begin(t require.TestingT, k *term.Kalender, c fixtures.MijlpaalGeval, today term.Date) *course {
	o := domain.Opgave{Kanaal: c.Kanaal, Melding: domain.AanvraagMelding{Soort: text("klacht"), Ontvangstdatum: &c.Ontvangen}}
	if o.Kanaal == "" {
		o.Kanaal = "telefoon"
	}
	if c.Regime != "" {
		o.Melding.Regime = &c.Regime
	}
	if c.Anoniem != "" {
		o.Melding.Anonimiteit = &c.Anoniem
	}
	if len(c.Klacht) > 0 {
		given := func(name string) *string {
			if v, there := c.Klacht[name]; there {
				return &v
			}
			return nil
		}
		o.Melding.KlachtBijAanbieder = &domain.AanvraagKlacht{IngediendOp: given("ingediendOp"), VerlengdOp: given("verlengdOp")}
		o.Antwoord = &domain.AntwoordOpgave{EigenTermijnTot: c.Klacht["eigenTermijnTot"]}
	}
	in, faults := domain.LeesMelding(o, today, k)
	require.Empty(t, faults)
	out := &course{k: k, today: today, in: in, m: domain.Melding{Opgave: o, Dag: in.Melding.Ontvangstdatum}}
	out.m.ZetTermijnen(out.m.Klokken(in, k), k, today, time.Time{}, someone())
	return out
}

// happens tells that something happened, and gives what is wrong with it.
func (c *course) happens(what string) []domain.Fault {
	words, van := append(strings.Fields(what), "", "", ""), (*string)(nil)
	if i := strings.Index(what, " van:"); i >= 0 {
		words, van = append(strings.Fields(what[:i]), "", "", ""), text(what[i+len(" van:"):])
	}
	given := func(i int) *string {
		if words[i] == "" {
			return nil
		}
		return &words[i]
	}
	p, faults := domain.LeesMijlpaal(domain.MijlpaalOpgave{Soort: words[0], Datum: given(1), Termijn: given(2), Tot: given(3), Partij: van}, c.today)
	p.ID = fmt.Sprint(len(c.m.Mijlpalen) + 1)
	var all []domain.Mijlpaal
	if len(faults) == 0 {
		all, faults = c.m.PlaatsMijlpaal(p, c.in, c.k)
	}
	if len(faults) == 0 {
		c.m.NeemMijlpaal(all, p, c.in, c.k, c.today)
	}
	return faults
}

// terms lists the terms as the fixtures write them.
func (c *course) terms() []string {
	out := []string{}
	for _, t := range c.m.Termijnen {
		line := fmt.Sprint(t.Soort, " ", t.Start, " ", t.Einddatum)
		if !t.VoldaanOp.IsZero() {
			line += " " + t.VoldaanOp.String()
		}
		if !t.BeeindigdOp.IsZero() {
			line += " op:" + t.BeeindigdOp.String()
		}
		if t.Partij != "" {
			line += " van:" + string(t.Partij)
		}
		out = append(out, line)
	}
	return out
}

func TestWhatHappensStartsAndEndsTerms(t *testing.T) {
	k, err := term.Load()
	require.NoError(t, err)
	cases, err := fixtures.MijlpaalGevallen("verloop")
	require.NoError(t, err)
	for _, c := range cases {
		t.Run(c.Waarom, func(t *testing.T) {
			at := begin(t, k, c, term.NewDate(2026, 9, 1))
			for _, what := range c.Gebeurt {
				require.Empty(t, named(at.happens(what)), what)
			}
			assert.Equal(t, c.Termijnen, at.terms())
			assert.Len(t, at.m.Mijlpalen, len(c.Gebeurt))
		})
	}
}

func TestWhatDoesNotFitIsRefused(t *testing.T) {
	k, err := term.Load()
	require.NoError(t, err)
	cases, err := fixtures.MijlpaalGevallen("geweigerd")
	require.NoError(t, err)
	for _, c := range cases {
		t.Run(c.Waarom, func(t *testing.T) {
			at := begin(t, k, c, term.NewDate(2026, 9, 1))
			last := len(c.Gebeurt) - 1
			for _, what := range c.Gebeurt[:last] {
				require.Empty(t, named(at.happens(what)), what)
			}
			before := at.m
			assert.Equal(t, c.Gebreken, named(at.happens(c.Gebeurt[last])))
			assert.Equal(t, before, at.m, "nothing changed")
		})
	}
}

func TestEveryStatutoryTermIsStartedBySomething(t *testing.T) {
	k, err := term.Load()
	require.NoError(t, err)
	cases, err := fixtures.MijlpaalGevallen("verloop")
	require.NoError(t, err)
	seen, happened := map[term.Soort]bool{}, map[domain.MijlpaalSoort]bool{}
	for _, c := range cases {
		at := begin(t, k, c, term.NewDate(2026, 9, 1))
		for _, what := range c.Gebeurt {
			at.happens(what)
		}
		for _, run := range at.m.Termijnen {
			seen[run.Soort] = true
		}
		for _, p := range at.m.Mijlpalen {
			happened[p.Soort] = true
		}
	}
	for _, g := range k.Soorten() {
		assert.True(t, seen[g.Soort], "no case starts %s", g.Soort)
	}
	assert.Len(t, k.Soorten(), 11)
	for _, s := range domain.MijlpaalSoorten() {
		if s != domain.KennisVerzameld && s != domain.UitspraakOntvangen {
			assert.True(t, happened[s], "no case has %s", s)
		}
	}
}

// anything draws a melding and what may happen to it, on days around its receipt.
func anything(r *rapid.T, k *term.Kalender) *course {
	c := fixtures.MijlpaalGeval{
		Ontvangen: "2026-03-02", Kanaal: rapid.SampledFrom([]string{"telefoon", "brief"}).Draw(r, "kanaal"),
		Regime: rapid.SampledFrom([]string{"wkkgz", "jeugdwet"}).Draw(r, "regime"),
	}
	if rapid.Bool().Draw(r, "klacht") {
		c.Klacht = map[string]string{"ingediendOp": "2026-02-25"}
	}
	return begin(r, k, c, term.NewDate(2027, 3, 1))
}

func happening(r *rapid.T) string {
	kind := rapid.SampledFrom(domain.MijlpaalSoorten()).Draw(r, "soort")
	day := term.NewDate(2026, 2, 26).AddDays(rapid.IntRange(0, 200).Draw(r, "dag"))
	what := fmt.Sprint(kind, " ", day)
	if kind == domain.TermijnVerlengd || kind == domain.NadereTermijnAfgesproken {
		what += " " + rapid.SampledFrom([]string{"besluit_onderzoek", "onderzoek_aanbieder", "kennisverzameling"}).Draw(r, "termijn")
	}
	if kind == domain.NadereTermijnAfgesproken {
		what += " " + day.AddDays(rapid.IntRange(0, 300).Draw(r, "tot")).String()
	}
	if kind == domain.GespreksverslagVerstuurd || kind == domain.ReactieVerslagOntvangen {
		what += " van:" + string(rapid.SampledFrom(domain.Partijen()).Draw(r, "partij"))
	}
	return what
}

func TestWhateverHappensTheTermsHold(t *testing.T) {
	k, err := term.Load()
	require.NoError(t, err)
	rapid.Check(t, func(r *rapid.T) {
		at := anything(r, k)
		for range rapid.IntRange(1, 25).Draw(r, "keren") {
			at.happens(happening(r))
			open, keys := map[string]int{}, map[string]bool{}
			for _, run := range at.m.Termijnen {
				key := string(run.Soort) + run.Grond
				require.False(r, keys[key], "its kind and ground name a term")
				keys[key] = true
				require.False(r, run.Einddatum.Before(run.Start))
				require.True(r, run.VoldaanOp.IsZero() || !run.VoldaanOp.Before(run.Start) || run.Soort == "definitief_rapport", "%+v", run)
				require.True(r, run.BeeindigdOp.IsZero() || run.BeeindigdOp.After(run.Einddatum), "%+v", run)
				if run.Open() {
					open[string(run.Soort+" ")+string(run.Partij)]++
				}
				_, faults := at.m.Uitleg(run, at.in, k, at.today)
				require.Empty(r, faults)
			}
			for kind, n := range open {
				require.Equal(r, 1, n, "of %s one runs at a time", kind)
			}
			require.Nil(r, at.m.Botsing("", at.in, k))
			require.Equal(r, at.m.Termijnen, at.again(), "the terms follow from what is kept")
		}
		for i, v := range at.m.Geschiedenis {
			require.Equal(r, i+1, v.Nr)
		}
	})
}

// again computes the terms anew, with what was noted of them.
func (c *course) again() []domain.MeldingTermijn {
	fresh := c.m
	fresh.ZetTermijnen(c.m.Klokken(c.in, c.k), c.k, c.today, time.Time{}, someone())
	return fresh.Termijnen
}

// TestTheOrderOfRecordingDoesNotMatter tells the same happenings, several of them on
// one day, in two orders.
func TestTheOrderOfRecordingDoesNotMatter(t *testing.T) {
	k, err := term.Load()
	require.NoError(t, err)
	rapid.Check(t, func(r *rapid.T) {
		first := anything(r, k)
		days := rapid.SliceOfN(rapid.IntRange(0, 200), 3, 3).Draw(r, "dagen")
		var told []string
		for range rapid.IntRange(1, 8).Draw(r, "keren") {
			words := strings.Fields(happening(r))
			if rapid.Bool().Draw(r, "samen") {
				words[1] = term.NewDate(2026, 3, 2).AddDays(rapid.SampledFrom(days).Draw(r, "dag")).String()
			}
			what := strings.Join(words, " ")
			if !slices.Contains(told, what) && len(first.happens(what)) == 0 {
				told = append(told, what)
			}
		}
		second := &course{k: k, today: first.today, in: first.in, m: domain.Melding{Opgave: first.m.Opgave, Dag: first.m.Dag}}
		second.m.ZetTermijnen(second.m.Klokken(second.in, k), k, second.today, time.Time{}, someone())
		for _, what := range rapid.Permutation(told).Draw(r, "volgorde") {
			if len(second.happens(what)) > 0 {
				return // what it rests on was not told yet
			}
		}
		require.Equal(r, first.terms(), second.terms(), "%q", told)
	})
}

func TestTakingBackTheLastUndoesIt(t *testing.T) {
	k, err := term.Load()
	require.NoError(t, err)
	rapid.Check(t, func(r *rapid.T) {
		at := anything(r, k)
		for range rapid.IntRange(0, 20).Draw(r, "keren") {
			at.happens(happening(r))
		}
		before := at.terms()
		if len(at.happens(happening(r))) > 0 {
			return
		}
		newest := fmt.Sprint(len(at.m.Mijlpalen))
		last := slices.IndexFunc(at.m.Mijlpalen, func(p domain.Mijlpaal) bool { return p.ID == newest })
		events := len(at.m.Geschiedenis)
		require.Empty(r, at.m.TrekMijlpaalIn(last, at.in, k, at.today, time.Time{}.Add(1), someone()))
		require.Equal(r, before, at.terms())
		last = slices.IndexFunc(at.m.Mijlpalen, func(p domain.Mijlpaal) bool { return p.ID == newest })
		require.False(r, at.m.Mijlpalen[last].Geldt())
		require.Greater(r, len(at.m.Geschiedenis), events, "the history keeps both")
	})
}

func TestWhatALaterHappeningRestsOnStays(t *testing.T) {
	k, err := term.Load()
	require.NoError(t, err)
	at := begin(t, k, fixtures.MijlpaalGeval{Ontvangen: "2026-03-02"}, term.NewDate(2026, 9, 1))
	require.Empty(t, at.happens("aanvulling_gevraagd 2026-03-02"))
	require.Empty(t, at.happens("aanvulling_ontvangen 2026-03-10"))
	got := at.m.TrekMijlpaalIn(0, at.in, k, at.today, time.Time{}.Add(1), someone())
	assert.Equal(t, []string{"id mijlpaal_eerst_andere"}, named(got))
	assert.Equal(t, []any{"aanvulling_ontvangen", term.NewDate(2026, 3, 10)}, got[0].Args)

	asked := at.m.Mijlpalen[0]
	asked.Datum = term.NewDate(2026, 3, 11)
	assert.Equal(t, []string{"datum mijlpaal_botst"}, named(at.m.VerzetMijlpaal(0, asked, at.in, k, at.today, time.Time{}, someone())))
	asked.Datum = term.NewDate(2026, 3, 4)
	require.Empty(t, at.m.VerzetMijlpaal(0, asked, at.in, k, at.today, time.Time{}, someone()))
	assert.Equal(t, []string{"aanvullen_melding 2026-03-04 2026-03-18 2026-03-10"}, at.terms())
	last := at.m.Geschiedenis[len(at.m.Geschiedenis)-1]
	assert.Equal(t, domain.VoorvalTermijnAf, last.Soort)
	assert.Equal(t, map[string]string{"termijn": "aanvullen_melding", "start": "2026-03-04", "einddatum": "2026-03-18", "was": "2026-03-16"}, last.Gegevens)
	asked.Soort = domain.RapportGevraagd
	assert.Equal(t, []string{"soort mijlpaal_soort_vast"}, named(at.m.VerzetMijlpaal(0, asked, at.in, k, at.today, time.Time{}, someone())))
	require.Empty(t, at.m.TrekMijlpaalIn(1, at.in, k, at.today, time.Time{}.Add(1), someone()))
}

func TestAnEndThatWasAgreedOnSurvivesTheCalendar(t *testing.T) {
	k, err := term.Load()
	require.NoError(t, err)
	// Agreed to the very end that the law gives now: the calendar moved it there.
	o := told(func(o *domain.Opgave) {
		o.Melding.KlachtBijAanbieder = &domain.AanvraagKlacht{
			IngediendOp: text("2026-10-30"), NadereTermijnTot: text("2026-12-11"), NadereTermijnAkkoordOp: text("2026-11-10"),
		}
	})
	today := term.NewDate(2026, 11, 20)
	_, faults := domain.LeesMelding(o, today, k)
	assert.Equal(t, []string{"klachtBijAanbieder.nadereTermijnTot termijn_nadere_niet_na_einde"}, named(faults))
	in, faults := domain.LeesBewaard(o, today, k)
	require.Empty(t, faults, "what was taken in stays readable")
	assert.Equal(t, "2026-12-11", in.Afgeleid.Reactietermijn.Einddatum.String())
	m := domain.Melding{Opgave: o, Dag: today}
	runs := m.Klokken(in, k)
	require.Len(t, runs, 1)
	u, faults2 := m.Uitleg(runs[0], in, k, today)
	require.Empty(t, faults2)
	assert.Equal(t, "term.waarschuwing.afspraak_past_niet", u.Waarschuwingen[0].Key)
}

func TestWhatIsDoneKeepsTheEndOfThen(t *testing.T) {
	k, err := term.Load()
	require.NoError(t, err)
	at := begin(t, k, fixtures.MijlpaalGeval{Ontvangen: "2026-03-02"}, term.NewDate(2026, 9, 1))
	require.Empty(t, at.happens("aanvulling_gevraagd 2026-03-02"))
	require.Empty(t, at.happens("aanvulling_ontvangen 2026-03-17"))
	require.Equal(t, term.TeLaatVoldaan, at.m.Termijnen[0].Status)
	at.m.Termijnen[0].Einddatum, at.m.Termijnen[0].Status = term.NewDate(2026, 3, 17), term.Voldaan // by another calendar
	require.Empty(t, at.happens("in_behandeling_genomen 2026-04-01"))
	assert.Equal(t, "2026-03-17", at.m.Termijnen[0].Einddatum.String())
	u, faults := at.m.Uitleg(at.m.Termijnen[0], at.in, k, at.today)
	require.Empty(t, faults)
	assert.Equal(t, term.Voldaan, u.Status)
	assert.Equal(t, "term.waarschuwing.andere_kalender", u.Waarschuwingen[0].Key)
}

func TestATermOfAnotherLawIsNamedAsANormOfTheOffice(t *testing.T) {
	k, err := term.Load()
	require.NoError(t, err)
	at := begin(t, k, fixtures.MijlpaalGeval{Ontvangen: "2026-03-02", Regime: "jeugdwet"}, term.NewDate(2026, 9, 1))
	require.Empty(t, at.happens("in_behandeling_genomen 2026-03-02"))
	u, faults := at.m.Uitleg(at.m.Termijnen[0], at.in, k, at.today)
	require.Empty(t, faults)
	assert.True(t, u.EigenNorm)
	assert.Equal(t, "term.waarschuwing.ander_regime", u.Waarschuwingen[0].Key)
	other := at.in
	other.Melding.Regime = "wkkgz"
	u, _ = at.m.Uitleg(at.m.Termijnen[0], other, k, at.today)
	assert.False(t, u.EigenNorm)
}

func TestAnAgreementThatTheCalendarOvertakesIsSaid(t *testing.T) {
	k, err := term.Load()
	require.NoError(t, err)
	run := domain.MeldingTermijn{
		Soort: "onderzoek_aanbieder", Start: term.NewDate(2026, 3, 2), NadereTermijnTot: term.NewDate(2026, 4, 28), NadereAkkoord: term.NewDate(2026, 4, 1),
	}
	u, faults := run.Reken(k, term.NewDate(2026, 4, 1))
	require.Empty(t, faults)
	assert.Equal(t, "2026-04-28", u.Einddatum.String())
	require.Len(t, u.Waarschuwingen, 1)
	assert.Equal(t, "term.waarschuwing.afspraak_past_niet", u.Waarschuwingen[0].Key)
}
