package app

import (
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
)

// explain puts the sentences and the law of the catalogue beside the codes of a
// given advice. It uses nothing but these two, so that an advice reads the same
// years later: facts are what its input holds.
func explain(g domain.GegevenAdvies, facts policy.Facts, c domain.Catalogus) domain.TriageAdvies {
	out := domain.TriageAdvies{
		ID: g.ID, OpgesteldOp: g.OpgesteldOp, Peildatum: g.Peildatum, Advies: g.Besluit.Advies, Beleid: g.Beleid,
		Criteria: make([]domain.Criterium, 0, len(g.Besluit.Criteria)),
		Stappen:  make([]domain.Stap, 0, len(g.Besluit.Stappen)),
	}
	byCode := map[string]domain.Uitkomst{}
	for _, u := range g.Besluit.Criteria {
		byCode[u.Code] = u.Uitkomst
	}
	for _, t := range c.Criteria {
		out.Criteria = append(out.Criteria, criterium(t, byCode[t.Code], facts))
	}
	taken := map[string]bool{}
	for _, code := range g.Besluit.Stappen {
		taken[code] = true
	}
	for _, t := range c.Stappen {
		if taken[t.Code] {
			out.Stappen = append(out.Stappen, domain.Stap{Code: t.Code, Titel: t.Titel, Toelichting: t.Toelichting})
		}
	}
	if b := g.Bandbreedte; b != nil {
		out.Bandbreedte = &domain.AdviesBandbreedte{Laagste: b.Laagste, Hoogste: b.Hoogste}
		out.Ontbrekend = make([]domain.Vraag, 0, len(b.Ontbrekend))
		for _, field := range b.Ontbrekend {
			out.Ontbrekend = append(out.Ontbrekend, domain.Vraag{Veld: field, Vraag: c.Vragen[field]})
		}
	}
	return out
}

func criterium(t domain.CriteriumTekst, u domain.Uitkomst, facts policy.Facts) domain.Criterium {
	out := domain.Criterium{
		Code: t.Code, Soort: t.Soort, Uitkomst: u, Titel: t.Titel, Toelichting: t.Zinnen[u], Bron: t.Bron,
		Feiten: make([]domain.FeitWaarde, 0, len(t.Feiten)),
	}
	for _, field := range t.Feiten {
		out.Feiten = append(out.Feiten, domain.FeitWaarde{Veld: field, Waarde: facts.At(field)})
	}
	return out
}
