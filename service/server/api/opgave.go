package api

import "zorgmeldingen.nl/lmz-triage/service/domain"

// opgave gives a melding that was told its form in the domain. Fields the schema
// refused are absent.
func opgave(in MeldingInvoer, faults []domain.Fault) domain.Opgave {
	out := domain.Opgave{
		Kanaal: in.Kanaal, Onderwerp: text(in.Onderwerp), Omschrijving: text(in.Omschrijving), Aard: text(in.Aard),
		Klantkenmerk: text(in.Klantkenmerk), Faults: faults,
		Melding: aanvraagMelding(TriageMelding{
			Soort: in.Soort, Ontvangstdatum: in.Ontvangstdatum, Regime: in.Regime, Sector: in.Sector,
			Hoedanigheid: in.Hoedanigheid, Anonimiteit: in.Anonimiteit, Gebeurtenis: in.Gebeurtenis, Feiten: in.Feiten,
			Toestemming: in.Toestemming,
		}),
	}
	if k := in.KlachtBijAanbieder; k != nil {
		told, answer := aanvraagMeldingKlacht(*k)
		out.Melding.KlachtBijAanbieder, out.Antwoord = &told, answer
	}
	if r := in.Redenen; r != nil {
		out.Redenen = map[string]string{}
		for fact, why := range map[string]*string{
			"belangGoedeZorg": r.BelangGoedeZorg, "noodzaakOndanksOuderdom": r.NoodzaakOndanksOuderdom,
		} {
			if text(why) != "" {
				out.Redenen[fact] = *why
			}
		}
	}
	if a := in.Aanbieder; a != nil {
		out.Aanbieder = &domain.AanbiederOpgave{
			ID: text(a.ID), Naam: text(a.Naam), Plaats: text(a.Plaats), KvkNummer: text(a.KvkNummer),
			Vestigingsnummer: text(a.Vestigingsnummer), AgbCode: text(a.AgbCode),
		}
	}
	if m := in.Melder; m != nil {
		out.Melder = &domain.Melder{
			Naam: text(m.Naam), EMail: text(m.EMail), Telefoon: text(m.Telefoon), Adres: text(m.Adres),
			Geboortedatum: text(m.Geboortedatum),
		}
	}
	return out
}

// text is a text, empty when it is absent.
func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// FromOpgave gives a melding as it was told its form on the wire.
func FromOpgave(o domain.Opgave) MeldingInvoer {
	m := o.Melding
	out := MeldingInvoer{
		Kanaal: o.Kanaal, Onderwerp: given(o.Onderwerp), Omschrijving: given(o.Omschrijving), Aard: given(o.Aard),
		Klantkenmerk: given(o.Klantkenmerk), Soort: text(m.Soort), Ontvangstdatum: m.Ontvangstdatum, Regime: m.Regime,
		Sector: m.Sector, Hoedanigheid: m.Hoedanigheid, Anonimiteit: m.Anonimiteit, Feiten: verteldeFeiten(m.Feiten),
		KlachtBijAanbieder: fromKlacht(m.KlachtBijAanbieder, o.Antwoord),
	}
	if g := m.Gebeurtenis; g != nil {
		out.Gebeurtenis = &Gebeurtenis{Van: g.Van, Tot: g.Tot, Voortdurend: g.Voortdurend}
	}
	if t := m.Toestemming; (t != domain.AanvraagToestemming{}) {
		out.Toestemming = &Toestemming{Inspecteur: t.Inspecteur, Aanbieder: t.Aanbieder}
	}
	if len(o.Redenen) > 0 {
		out.Redenen = &Redenen{
			BelangGoedeZorg: given(o.Redenen["belangGoedeZorg"]), NoodzaakOndanksOuderdom: given(o.Redenen["noodzaakOndanksOuderdom"]),
		}
	}
	if a := o.Aanbieder; !a.Leeg() {
		out.Aanbieder = &MeldingAanbieder{
			ID: given(a.ID), Naam: given(a.Naam), Plaats: given(a.Plaats), KvkNummer: given(a.KvkNummer),
			Vestigingsnummer: given(a.Vestigingsnummer), AgbCode: given(a.AgbCode),
		}
	}
	if p := o.Melder; !p.Leeg() {
		out.Melder = &Melder{
			Naam: given(p.Naam), EMail: given(p.EMail), Telefoon: given(p.Telefoon), Adres: given(p.Adres),
			Geboortedatum: given(p.Geboortedatum),
		}
	}
	return out
}

func verteldeFeiten(f domain.AanvraagFeiten) *Feiten {
	out := Feiten{
		Bedreiging: f.Bedreiging, BedreigingActueel: f.BedreigingActueel, Schade: f.Schade, SchadeDoorZorg: f.SchadeDoorZorg,
		Geweld: f.Geweld, DirecteMaatregelen: f.DirecteMaatregelen, CalamiteitGemeld: f.CalamiteitGemeld,
		BelangGoedeZorg: f.BelangGoedeZorg, NoodzaakOndanksOuderdom: f.NoodzaakOndanksOuderdom,
		EerderOnderzocht: f.EerderOnderzocht, AndereProcedure: f.AndereProcedure,
	}
	if f.KlachtplichtGebreken != nil {
		out.KlachtplichtGebreken = &f.KlachtplichtGebreken
	}
	if out == (Feiten{}) {
		return nil
	}
	return &out
}
