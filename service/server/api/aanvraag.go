package api

import "zorgmeldingen.nl/lmz-triage/service/domain"

// aanvraag gives a question its form in the domain. Fields the schema refused
// are absent.
func aanvraag(in TriageInvoer, faults []domain.Fault) domain.Aanvraag {
	out := domain.Aanvraag{Peildatum: in.Peildatum, Melding: aanvraagMelding(in.Melding), Faults: faults}
	if in.Aanbieder != nil {
		out.Aanbieder = &domain.AanvraagAanbieder{ID: in.Aanbieder.ID}
		if s := in.Aanbieder.Signalen; s != nil {
			out.Aanbieder.Signalen = &domain.Signalen{
				Aantal30: s.Aantal30, Aantal90: s.Aantal90, Aantal365: s.Aantal365, AantalVorigJaar: s.AantalVorigJaar,
				Ernstig365: s.Ernstig365, Overschrijdingskans: s.Overschrijdingskans,
			}
		}
	}
	if in.Opties != nil && in.Opties.Bandbreedte != nil {
		out.Bandbreedte = *in.Opties.Bandbreedte
	}
	return out
}

func aanvraagMelding(in TriageMelding) domain.AanvraagMelding {
	out := domain.AanvraagMelding{
		Soort: given(in.Soort), Ontvangstdatum: in.Ontvangstdatum, Regime: in.Regime, Sector: in.Sector,
		Hoedanigheid: in.Hoedanigheid, Anonimiteit: in.Anonimiteit,
	}
	if g := in.Gebeurtenis; g != nil {
		out.Gebeurtenis = &domain.AanvraagGebeurtenis{Van: g.Van, Tot: g.Tot, Voortdurend: g.Voortdurend}
	}
	if f := in.Feiten; f != nil {
		out.Feiten = aanvraagFeiten(*f)
	}
	if t := in.Toestemming; t != nil {
		out.Toestemming = domain.AanvraagToestemming{Inspecteur: t.Inspecteur, Aanbieder: t.Aanbieder}
	}
	if k := in.KlachtBijAanbieder; k != nil {
		klacht := aanvraagKlacht(*k)
		out.KlachtBijAanbieder = &klacht
	}
	return out
}

func aanvraagKlacht(k KlachtBijAanbieder) domain.AanvraagKlacht {
	return domain.AanvraagKlacht{
		IngediendOp: given(k.IngediendOp), VerlengdOp: k.VerlengdOp, NadereTermijnTot: k.NadereTermijnTot,
		NadereTermijnAkkoordOp: k.NadereTermijnAkkoordOp, AntwoordOp: k.AntwoordOp, AntwoordVoldoende: k.AntwoordVoldoende,
	}
}

func aanvraagFeiten(f Feiten) domain.AanvraagFeiten {
	out := domain.AanvraagFeiten{
		Bedreiging: f.Bedreiging, BedreigingActueel: f.BedreigingActueel, Schade: f.Schade, SchadeDoorZorg: f.SchadeDoorZorg,
		Geweld: f.Geweld, DirecteMaatregelen: f.DirecteMaatregelen, CalamiteitGemeld: f.CalamiteitGemeld,
		BelangGoedeZorg: f.BelangGoedeZorg, NoodzaakOndanksOuderdom: f.NoodzaakOndanksOuderdom,
		EerderOnderzocht: f.EerderOnderzocht, AndereProcedure: f.AndereProcedure,
	}
	if f.KlachtplichtGebreken != nil {
		out.KlachtplichtGebreken = *f.KlachtplichtGebreken
	}
	return out
}

// given is a required text that is absent when the schema refused it.
func given(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
