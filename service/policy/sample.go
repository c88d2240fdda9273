package policy

import (
	"math/rand/v2"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// checkLimit is the time for one evaluation in a check, which may run on a busy
// machine.
const checkLimit = time.Second

// checkTime is the time for all evaluations of a check: a policy that needs more is
// too slow to use.
const checkTime = time.Minute

// sample gives n questions, always the same, over all values a fact can have.
func sample(n int) []domain.TriageInvoer {
	r := rand.New(rand.NewPCG(2026, 25)) // #nosec G404 -- the sample must be the same every time
	out := make([]domain.TriageInvoer, 0, n)
	for range n {
		out = append(out, sampleInput(r))
	}
	return out
}

func sampleInput(r *rand.Rand) domain.TriageInvoer {
	received := term.NewDate(2024, time.January, 1).AddDays(r.IntN(1500))
	in := domain.TriageInvoer{
		Peildatum: received.AddDays(r.IntN(200)),
		Melding: domain.MeldingFeiten{
			Soort: pick(r, "vraag", "klacht", "andere_melding"), Ontvangstdatum: received,
			Regime: pick(r, "wkkgz", "jeugdwet", "overig"), Sector: pick(r, "ggz", "mondzorg", "jeugd", "overig"),
			Hoedanigheid: pick(r, "client", "naaste", "onbekend"), Anonimiteit: pick(r, "geen", "tegenover_aanbieder", "volledig"),
			Feiten: sampleFacts(r),
			Toestemming: domain.Toestemming{
				Inspecteur: pick(r, "niet_gevraagd", "gevraagd", "gegeven", "geweigerd", "ingetrokken"),
				Aanbieder:  pick(r, "niet_gevraagd", "gegeven"),
			},
		},
	}
	sampleComplaint(r, &in)
	if r.IntN(3) > 0 {
		in.Aanbieder = &domain.AanbiederFeiten{ID: "aanbieder-1", Signalen: sampleSignals(r)}
	}
	day := received.AddDays(-r.IntN(1200))
	event := domain.Gebeurtenis{Voortdurend: r.IntN(5) == 0}
	if r.IntN(3) > 0 {
		event.Van, event.Tot = day, day
	}
	return in.MetGebeurtenis(event)
}

func sampleFacts(r *rand.Rand) domain.Feiten {
	f := domain.Feiten{
		Bedreiging: pick(r, "ja", "mogelijk", "nee", "nee", "onbekend"), BedreigingActueel: pick(r, "ja", "nee", "onbekend"),
		Schade:             pick(r, "geen", "licht", "ernstig_lichamelijk", "ernstig_psychisch", "overleden", "onbekend"),
		SchadeDoorZorg:     pick(r, "ja", "mogelijk", "nee", "onbekend"),
		Geweld:             pick(r, "ja", "nee", "nee", "nee", "onbekend"),
		DirecteMaatregelen: pick(r, "ja", "nee", "nee", "nee", "onbekend"),
		CalamiteitGemeld:   pick(r, "ja", "nee", "onbekend"), BelangGoedeZorg: pick(r, "ja", "nee", "nee"),
		NoodzaakOndanksOuderdom: pick(r, "ja", "nee", "nee"), EerderOnderzocht: pick(r, "ja", "nee", "nee"),
		AndereProcedure: pick(r, "", "", "", "tuchtrecht", "om"), KlachtplichtGebreken: []string{},
	}
	if r.IntN(5) == 0 {
		f.KlachtplichtGebreken = []string{"art13", "art18"}
	}
	return f
}

func sampleComplaint(r *rand.Rand, in *domain.TriageInvoer) {
	if r.IntN(2) == 0 {
		return
	}
	sent := in.Peildatum.AddDays(-r.IntN(90))
	k := domain.KlachtBijAanbieder{IngediendOp: sent, AntwoordVoldoende: "onbekend"}
	if r.IntN(2) == 0 {
		k.AntwoordOp, k.AntwoordVoldoende = in.Peildatum, pick(r, "ja", "nee", "onbekend")
	}
	in.Melding.KlachtBijAanbieder = &k
	if in.Melding.Regime == "wkkgz" {
		end := sent.AddDays(42)
		in.Afgeleid.Reactietermijn = &domain.Reactietermijn{Einddatum: end, Verstreken: in.Peildatum.After(end)}
	}
}

func sampleSignals(r *rand.Rand) *domain.Signalen {
	if r.IntN(3) == 0 {
		return nil
	}
	year := r.IntN(20)
	return &domain.Signalen{
		Aantal30: year / 4, Aantal90: year / 2, Aantal365: year, AantalVorigJaar: r.IntN(12),
		Ernstig365: min(year, r.IntN(5)), Overschrijdingskans: []float64{0, 0.0099, 0.01, 0.5, 1}[r.IntN(5)],
	}
}

func pick(r *rand.Rand, values ...string) string { return values[r.IntN(len(values))] }
