package storetest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Melding is melding n of an office, of the size and shape of a real one.
func Melding(n int) domain.Melding {
	at := time.Date(2026, time.November, 20, 9, 30, 0, 0, time.UTC).Add(time.Duration(n) * time.Millisecond)
	dag := term.DateIn(at, time.UTC)
	advies := domain.MeldingAdvies{
		ID: Entry(n).ID, Op: at, Aanleiding: domain.BijOntvangst, Advies: domain.Onderzoeken, Peildatum: dag,
		Criteria: Entry(n).Besluit.Criteria, Stappen: Entry(n).Besluit.Stappen, Ernstig: true,
		Signalen: &domain.Signalen{Aantal30: 1, Aantal90: 2, Aantal365: 4, AantalVorigJaar: 1, Ernstig365: 1, Overschrijdingskans: 0.026499021160743902},
	}
	m := domain.Melding{
		ID: meldingID(n), Kenmerk: kenmerk(n), Rev: 1, Versie: 1, Client: "systeem-7",
		OntvangenOp: at, GewijzigdOp: at, Status: domain.StatusOntvangen, Dag: dag, Sector: "verpleging_en_verzorging",
		Opgave: opgave(n), AanbiederID: aanbiederID(n % 97), Advies: advies,
		Termijnen: []domain.MeldingTermijn{{
			Soort: term.ReactieAanbieder, Start: dag.AddDays(-10), Einddatum: dag.AddDays(32), Aandacht: dag.AddDays(25), Status: term.Lopend,
		}},
	}
	door := domain.Actor{ID: m.Client, Rol: domain.Systeem}
	m.Gebeurd(domain.Voorval{Soort: domain.VoorvalOntvangen, Op: at, Door: door, Gegevens: map[string]string{"kanaal": "systeem"}})
	m.Gebeurd(domain.Voorval{Soort: domain.VoorvalTermijn, Op: at, Door: door, Gegevens: map[string]string{"termijn": "reactie_aanbieder"}})
	m.Gebeurd(domain.Voorval{Soort: domain.VoorvalAdvies, Op: at, Door: door, Gegevens: map[string]string{"advies": advies.ID}})
	return m
}

func meldingID(n int) string {
	return fmt.Sprintf("019a%04x-%04x-7000-9000-%012x", n>>16&0xffff, n&0xffff, n)
}

func kenmerk(n int) string { return fmt.Sprintf("LMZ-%04X-%04X", n>>16&0xffff, n&0xffff) }

func aanbiederID(n int) string { return fmt.Sprintf("019b0000-%04x-7000-a000-%012x", n, n) }

// opgave is a melding as it was told, with a text of some hundreds of letters.
func opgave(n int) domain.Opgave {
	is := func(s string) *string { return &s }
	return domain.Opgave{
		Kanaal: "systeem", Onderwerp: "Te laat gezien dat het slechter ging", Aard: "behandeling", Klantkenmerk: fmt.Sprint("zaak-", n),
		Omschrijving: strings.Repeat("Mijn moeder werd niet op tijd door een arts gezien. ", 12),
		Melding: domain.AanvraagMelding{
			Soort: is("klacht"), Regime: is("wkkgz"), Sector: is("verpleging_en_verzorging"), Hoedanigheid: is("naaste"),
			Gebeurtenis:        &domain.AanvraagGebeurtenis{Van: is("2026-10"), Tot: is("2026-11-02")},
			Feiten:             domain.AanvraagFeiten{Bedreiging: is("mogelijk"), Schade: is("ernstig_lichamelijk"), SchadeDoorZorg: is("mogelijk")},
			Toestemming:        domain.AanvraagToestemming{Inspecteur: is("gegeven")},
			KlachtBijAanbieder: &domain.AanvraagKlacht{IngediendOp: is("2026-11-10")},
		},
		Aanbieder: &domain.AanbiederOpgave{Naam: "De Zonnebloem", Plaats: "Zwolle", KvkNummer: "12345678"},
		Melder:    &domain.Melder{Naam: "J. Jansen", EMail: "jansen@example.nl", Telefoon: "038-1234567"},
	}
}

// pick is one of list.
func pick[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

// AnyMelding is melding n with something else in all that lists and counts look
// at, of which many meldingen have the same.
func AnyMelding(r *rand.Rand, n int) domain.Melding {
	m := Melding(n)
	m.ID = fmt.Sprintf("%08x-%s", r.Uint32(), m.ID) // in no order of n
	m.Opgave.Omschrijving, m.Opgave.Melder, m.Advies.Criteria, m.Geschiedenis = "Kort.", nil, nil, nil
	m.Client = []string{"een", "twee", "drie"}[n%3]
	m.Opgave.Klantkenmerk = ""
	if r.IntN(3) == 0 {
		m.Opgave.Klantkenmerk = fmt.Sprint("zaak-", n/3)
	}
	m.Opgave.Melding.Soort = pick(r, nil, m.Opgave.Melding.Soort, ref("vraag"))
	m.Status = pick(r, domain.MeldingStatussen()...)
	m.Sector = pick(r, "ggz", "jeugd", "overig")
	m.AanbiederID = pick(r, "", aanbiederID(1), aanbiederID(2), aanbiederID(3))
	m.Dag = anyDag(r, n)
	m.OntvangenOp = time.Date(2026, time.November, 20, 9, 0, 0, r.IntN(50)*1e6, time.UTC)
	m.GewijzigdOp = m.OntvangenOp.Add(time.Duration(r.IntN(200)) * time.Millisecond)
	m.Advies.Advies = pick(r, append(domain.Adviezen(), domain.Beoordelen)...)
	m.Advies.Ernstig = r.IntN(2) == 0
	m.Termijnen = anyTermijnen(r)
	m.Behandelaar = pick(r, "", "", "u1", "u2")
	return m
}

// anyDag is one of forty days, of every fifth melding one of over three years.
func anyDag(r *rand.Rand, n int) term.Date {
	ago := r.IntN(40)
	if n%5 == 0 {
		ago *= 30
	}
	return term.NewDate(2026, time.November, 1).AddDays(-ago)
}

func ref(s string) *string { return &s }

func anyTermijnen(r *rand.Rand) []domain.MeldingTermijn {
	var list []domain.MeldingTermijn
	for range r.IntN(3) {
		t := domain.MeldingTermijn{
			Soort: pick(r, term.ReactieAanbieder, "besluit_onderzoek", "terugbellen_lmz"), Start: term.NewDate(2026, time.October, 1+r.IntN(30)),
			Status: pick(r, term.Lopend, term.Nadert, term.Verstreken),
		}
		t.Einddatum = t.Start.AddDays(r.IntN(60))
		t.Aandacht = t.Einddatum.AddDays(-7)
		if r.IntN(2) == 0 {
			t.GemeldNadert = t.Einddatum
		}
		if r.IntN(4) == 0 {
			t.GemeldVerstreken = t.Einddatum
		}
		if r.IntN(4) == 0 {
			t.VoldaanOp, t.Status = t.Start.AddDays(3), term.Voldaan
		}
		list = append(list, t)
	}
	return list
}

// anyReplacement is something else in the place of m.
func anyReplacement(r *rand.Rand, n int, m domain.Melding) domain.Melding {
	other := AnyMelding(r, n)
	other.ID, other.Kenmerk, other.Client, other.Rev, other.Opgave.Klantkenmerk = m.ID, m.Kenmerk, m.Client, m.Rev, ""
	return other
}

// AnyMeldingen is n of AnyMelding, the same ones for a seed.
func AnyMeldingen(seed uint64, n int) []domain.Melding {
	r := rand.New(rand.NewPCG(seed, 0))
	list := make([]domain.Melding, n)
	for i := range list {
		list[i] = AnyMelding(r, i)
	}
	return list
}
