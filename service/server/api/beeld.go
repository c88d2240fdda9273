package api

import (
	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// FromMelding gives a melding its form on the wire.
func FromMelding(t domain.Texts, b app.MeldingBeeld) Melding {
	m, told := b.Melding, FromOpgave(b.Melding.Opgave)
	out := Melding{
		ID: m.ID, Kenmerk: m.Kenmerk, Status: string(m.Status), OntvangenOp: m.OntvangenOp, GewijzigdOp: m.GewijzigdOp,
		Kanaal: told.Kanaal, Onderwerp: told.Onderwerp, Omschrijving: told.Omschrijving, Aard: told.Aard, Klantkenmerk: told.Klantkenmerk,
		Soort: told.Soort, Ontvangstdatum: m.Dag.String(), Regime: told.Regime, Sector: told.Sector, Hoedanigheid: told.Hoedanigheid,
		Anonimiteit: told.Anonimiteit, Gebeurtenis: told.Gebeurtenis, Feiten: told.Feiten, Toestemming: told.Toestemming,
		KlachtBijAanbieder: told.KlachtBijAanbieder, Redenen: told.Redenen, Melder: told.Melder,
		Behandelaar: given(m.Behandelaar), Advies: meldingAdvies(t, m.Advies, b.Advies), EerdereAdviezen: make([]EerderAdvies, 0, len(m.Eerdere)),
		Termijnen: make([]MeldingTermijn, 0, len(b.Termijnen)), Mijlpalen: []Mijlpaal{},
	}
	if b.Aanbieder != nil {
		provider := FromAanbieder(*b.Aanbieder)
		out.Aanbieder = &provider
	}
	for _, a := range m.Eerdere {
		out.EerdereAdviezen = append(out.EerdereAdviezen, EerderAdvies{
			ID: given(a.ID), Advies: string(a.Advies), Aanleiding: string(a.Aanleiding), OpgesteldOp: a.Op, Reden: given(a.Reden),
		})
	}
	for i, u := range b.Termijnen {
		out.Termijnen = append(out.Termijnen, fromMeldingTermijn(t, m.Termijnen[i], u))
	}
	for _, p := range m.Mijlpalen {
		if p.Geldt() {
			out.Mijlpalen = append(out.Mijlpalen, fromMijlpaal(t, p))
		}
	}
	if n := len(m.Alarmen); n > 0 {
		last := fromAlarm(m.Alarmen[n-1])
		out.Alarm = &last
	}
	return out
}

// meldingAdvies is the advice on a melding; explained is nil where the policy failed.
func meldingAdvies(t domain.Texts, a domain.MeldingAdvies, explained *domain.TriageAdvies) MeldingAdvies {
	out := MeldingAdvies{
		Advies: string(a.Advies), Aanleiding: string(a.Aanleiding), OpgesteldOp: a.Op, Peildatum: a.Peildatum.String(),
		Criteria: []Criterium{}, Stappen: []Stap{},
	}
	if explained == nil {
		out.Reden, out.Toelichting = given(a.Reden), given(t.Sentence("voorval.reden."+a.Reden))
		return out
	}
	full := FromTriageAdvies(*explained)
	out.ID, out.Criteria, out.Stappen, out.Beleid = &full.ID, full.Criteria, full.Stappen, &full.Beleid
	out.Bandbreedte, out.Ontbrekend = full.Bandbreedte, full.Ontbrekend
	return out
}

// FromMeldingLijst gives a page of meldingen its form on the wire.
func FromMeldingLijst(l app.MeldingLijst) MeldingLijst {
	out := MeldingLijst{Items: make([]MeldingRegel, 0, len(l.Regels))}
	for _, r := range l.Regels {
		out.Items = append(out.Items, fromRegel(r))
	}
	return out
}

func fromRegel(r app.MeldingRegel) MeldingRegel {
	m := r.Melding
	out := MeldingRegel{
		ID: m.ID, Kenmerk: m.Kenmerk, Status: string(m.Status), Advies: string(m.Advies.Advies), Onderwerp: given(m.Opgave.Onderwerp),
		Kanaal: m.Opgave.Kanaal, Soort: text(m.Opgave.Melding.Soort), Sector: m.Sector, Ontvangstdatum: m.Dag.String(),
		OntvangenOp: m.OntvangenOp, GewijzigdOp: m.GewijzigdOp, Klantkenmerk: given(m.Opgave.Klantkenmerk), Behandelaar: given(m.Behandelaar),
	}
	if a := r.Aanbieder; a != nil {
		out.Aanbieder = &AanbiederVerkort{ID: a.ID, Naam: given(a.Naam), Plaats: given(a.Plaats)}
	}
	if a, open := m.Alarm(); open {
		out.AlarmSinds = &a.Sinds
	}
	if t, open := m.DringendsteTermijn(); open {
		out.Termijn = &OpenTermijn{Soort: string(t.Soort), Einddatum: t.Einddatum.String(), Status: string(t.Status)}
	}
	return out
}

// FromAanbieder gives a provider its form on the wire.
func FromAanbieder(a domain.Aanbieder) Aanbieder {
	return Aanbieder{
		ID: a.ID, Naam: given(a.Naam), Plaats: given(a.Plaats), KvkNummer: given(a.KvkNummer),
		Vestigingsnummer: given(a.Vestigingsnummer), AgbCode: given(a.AgbCode),
	}
}

// fromSignalen gives the figures of a provider their form on the wire.
func fromSignalen(s domain.Signalen) Signalen {
	return Signalen{
		Aantal30: s.Aantal30, Aantal90: s.Aantal90, Aantal365: s.Aantal365, AantalVorigJaar: s.AantalVorigJaar,
		Ernstig365: s.Ernstig365, Overschrijdingskans: s.Overschrijdingskans,
	}
}
