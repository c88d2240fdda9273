package domain_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// asked gives the texts of a question by name.
func asked(fields map[string]string) func(string) string {
	return func(name string) string { return fields[name] }
}

func TestAQuestionForAListIsRead(t *testing.T) {
	q, faults := domain.LeesMeldingVraag(asked(nil))
	require.Empty(t, faults)
	assert.Equal(t, domain.MeldingVraag{Aantal: domain.PaginaLengte}, q, "nothing asked is everything, a page at a time")

	q, faults = domain.LeesMeldingVraag(asked(map[string]string{
		"status": "ontvangen", "advies": "beoordelen", "aanbieder": "p1", "sector": "ggz", "ontvangenVan": "2026-11-01",
		"ontvangenTot": "2026-11-01", "termijnStatus": "nadert", "klantkenmerk": "17", "gewijzigdNa": "2026-11-20T10:30:00.5+01:00",
		"sorteer": "wijziging", "cursor": encoded(`["wijziging",12,"id"]`), "limit": "200",
	}))
	require.Empty(t, faults)
	assert.Equal(t, domain.MeldingVraag{
		Status: domain.StatusOntvangen, Advies: domain.Beoordelen, AanbiederID: "p1", Sector: "ggz",
		Van: term.NewDate(2026, time.November, 1), Tot: term.NewDate(2026, time.November, 1), TermijnStatus: term.Nadert,
		Klantkenmerk: "17", GewijzigdNa: time.Date(2026, time.November, 20, 9, 30, 0, 500_000_000, time.UTC),
		Volgorde: domain.OpWijziging, Na: encoded(`["wijziging",12,"id"]`), Aantal: 200,
	}, q)
}

func TestAQuestionForAListThatCannotBeRead(t *testing.T) {
	for name, c := range map[string]struct {
		fields map[string]string
		want   []domain.Fault
	}{
		"a period the wrong way round": {
			map[string]string{"ontvangenVan": "2026-11-02", "ontvangenTot": "2026-11-01"},
			[]domain.Fault{{Field: "ontvangenVan", Code: "van_na_tot_periode"}},
		},
		"no day, no moment and no number": {
			map[string]string{"ontvangenVan": "2026-02-30", "ontvangenTot": "2026-01-01", "gewijzigdNa": "gisteren", "limit": "tien"},
			[]domain.Fault{{Field: "ontvangenVan", Code: "datum"}, {Field: "gewijzigdNa", Code: "moment"}, {Field: "limit", Code: "type_geheel_getal"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, faults := domain.LeesMeldingVraag(asked(c.fields))
			assert.Equal(t, c.want, faults)
		})
	}
}

func TestAQuestionForProvidersIsRead(t *testing.T) {
	q, faults := domain.LeesAanbiederVraag(asked(map[string]string{"zoek": "horst", "cursor": encoded(`["aanbieders","horst","id"]`), "limit": "3"}))
	require.Empty(t, faults)
	assert.Equal(t, domain.AanbiederVraag{Zoek: "horst", Na: encoded(`["aanbieders","horst","id"]`), Aantal: 3}, q)

	d, faults := domain.LeesDag("dag", asked(map[string]string{"dag": "2024-02-29"}))
	require.Empty(t, faults)
	assert.Equal(t, term.NewDate(2024, time.February, 29), d)
	d, faults = domain.LeesDag("dag", asked(nil))
	require.Empty(t, faults)
	assert.True(t, d.IsZero())
}

func TestTheTermThatAsksMost(t *testing.T) {
	at := func(kind string, status term.Status, end int, done bool) domain.MeldingTermijn {
		out := domain.MeldingTermijn{Soort: term.Soort(kind), Status: status, Einddatum: term.NewDate(2026, time.November, end)}
		if done {
			out.VoldaanOp = out.Einddatum
		}
		return out
	}
	for name, c := range map[string]struct {
		terms []domain.MeldingTermijn
		want  string
	}{
		"none":                         {nil, ""},
		"none that is open":            {[]domain.MeldingTermijn{at("a", term.Voldaan, 1, true)}, ""},
		"passed before near":           {[]domain.MeldingTermijn{at("a", term.Nadert, 1, false), at("b", term.Verstreken, 2, false)}, "b"},
		"near before running":          {[]domain.MeldingTermijn{at("a", term.Lopend, 1, false), at("b", term.Nadert, 2, false)}, "b"},
		"the first of two that passed": {[]domain.MeldingTermijn{at("a", term.Verstreken, 2, false), at("b", term.Verstreken, 1, false), at("c", term.Verstreken, 3, false)}, "b"},
	} {
		t.Run(name, func(t *testing.T) {
			got, open := (&domain.Melding{Termijnen: c.terms}).DringendsteTermijn()
			assert.Equal(t, c.want != "", open)
			assert.Equal(t, c.want, string(got.Soort))
		})
	}
}
