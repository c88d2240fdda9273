package domain_test

import (
	"fmt"
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
	out.m.ZetTermijnen(out.m.Klokken(in, k), today, time.Time{}, someone())
	return out
}

// happens tells that something happened, and gives what is wrong with it.
func (c *course) happens(what string) []domain.Fault {
	words := append(strings.Fields(what), "", "", "")
	given := func(i int) *string {
		if words[i] == "" {
			return nil
		}
		return &words[i]
	}
	p, faults := domain.LeesMijlpaal(domain.MijlpaalOpgave{Soort: words[0], Datum: given(1), Termijn: given(2), Tot: given(3)}, c.today)
	if len(faults) == 0 {
		faults = c.m.PastMijlpaal(p, c.in, c.k)
	}
	if len(faults) == 0 {
		p.ID = fmt.Sprint(len(c.m.Mijlpalen) + 1)
		c.m.NeemMijlpaal(p, c.in, c.k, c.today)
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
	return what
}

func TestWhateverHappensTheTermsHold(t *testing.T) {
	k, err := term.Load()
	require.NoError(t, err)
	rapid.Check(t, func(r *rapid.T) {
		at := anything(r, k)
		for range rapid.IntRange(1, 25).Draw(r, "keren") {
			at.happens(happening(r))
			open, keys := map[term.Soort]int{}, map[string]bool{}
			for _, run := range at.m.Termijnen {
				key := string(run.Soort) + run.Grond
				require.False(r, keys[key], "its kind and ground name a term")
				keys[key] = true
				require.False(r, run.Einddatum.Before(run.Start))
				require.True(r, run.VoldaanOp.IsZero() || !run.VoldaanOp.Before(run.Start), "%+v", run)
				if run.Open() {
					open[run.Soort]++
				}
			}
			for kind, n := range open {
				require.LessOrEqual(r, n, 1+map[term.Soort]int{"definitief_rapport": 9}[kind], "of %s one runs at a time", kind)
			}
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
	fresh.ZetTermijnen(c.m.Klokken(c.in, c.k), c.today, time.Time{}, someone())
	return fresh.Termijnen
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
		last := len(at.m.Mijlpalen) - 1
		require.Empty(r, at.m.ZonderMijlpaal(at.m.Mijlpalen[last].ID, at.in, k))
		events := len(at.m.Geschiedenis)
		at.m.TrekMijlpaalIn(last, at.in, k, at.today, time.Time{}.Add(1), someone())
		require.Equal(r, before, at.terms())
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
	got := at.m.ZonderMijlpaal("1", at.in, k)
	assert.Equal(t, []string{"id mijlpaal_eerst_andere"}, named(got))
	assert.Equal(t, []any{"aanvulling_ontvangen", term.NewDate(2026, 3, 10)}, got[0].Args)
	assert.Empty(t, at.m.ZonderMijlpaal("2", at.in, k))
	assert.Equal(t, term.NewDate(2026, 3, 2), at.m.VroegsteMijlpaal())
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
