package vorm

import (
	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// Advies is an entry of the decision log as a store of documents keeps it.
// Outcomes are pairs of a code and an outcome. Invoer is bytes, as they were.
type Advies struct {
	ID             string        `json:"_id"`
	OpgesteldOp    int64         `json:"opgesteldOp"`
	Actor          string        `json:"actor"`
	Rol            domain.Rol    `json:"rol"`
	Peildatum      int64         `json:"peildatum"`
	Invoer         []byte        `json:"invoer"`
	Advies         domain.Advies `json:"advies"`
	Criteria       [][2]string   `json:"criteria"`
	Stappen        []string      `json:"stappen"`
	Bandbreedte    *Bandbreedte  `json:"bandbreedte,omitempty"`
	Versie         int           `json:"versie"`
	Digest         string        `json:"digest"`
	GeldigVanaf    int64         `json:"geldigVanaf"`
	KalenderDigest string        `json:"kalenderDigest"`
	Motor          string        `json:"motor"`
	Groep          string        `json:"groep,omitempty"` // the call it was kept in, of a call with several
}

// Bandbreedte is what is still unknown, in an Advies.
type Bandbreedte struct {
	Laagste    domain.Advies `json:"laagste"`
	Hoogste    domain.Advies `json:"hoogste"`
	Ontbrekend []string      `json:"ontbrekend"`
}

// NewAdvies gives g as it is kept.
func NewAdvies(g *domain.GegevenAdvies) Advies {
	a := Advies{
		ID: g.ID, OpgesteldOp: g.OpgesteldOp.UnixMilli(), Actor: g.Actor.ID, Rol: g.Actor.Rol,
		Peildatum: DateNumber(g.Peildatum), Invoer: g.Invoer, Advies: g.Besluit.Advies,
		Criteria: Each(g.Besluit.Criteria, func(c domain.CriteriumUitkomst) [2]string {
			return [2]string{c.Code, string(c.Uitkomst)}
		}),
		Stappen: g.Besluit.Stappen, Versie: g.Beleid.Versie, Digest: g.Beleid.Digest,
		GeldigVanaf: g.Beleid.GeldigVanaf.UnixMilli(), KalenderDigest: g.KalenderDigest, Motor: g.Motor,
	}
	if b := g.Bandbreedte; b != nil {
		a.Bandbreedte = &Bandbreedte{b.Laagste, b.Hoogste, b.Ontbrekend}
	}
	return a
}

// Gegeven gives the entry that a was made of.
func (a *Advies) Gegeven() domain.GegevenAdvies {
	g := domain.GegevenAdvies{
		ID: a.ID, OpgesteldOp: Moment(a.OpgesteldOp), Actor: domain.Actor{ID: a.Actor, Rol: a.Rol},
		Peildatum: DateOf(a.Peildatum), Invoer: a.Invoer,
		Besluit: domain.Besluit{
			Advies: a.Advies, Stappen: a.Stappen,
			Criteria: Each(a.Criteria, func(p [2]string) domain.CriteriumUitkomst {
				return domain.CriteriumUitkomst{Code: p[0], Uitkomst: domain.Uitkomst(p[1])}
			}),
		},
		Beleid:         domain.Beleidsversie{Versie: a.Versie, Digest: a.Digest, GeldigVanaf: Moment(a.GeldigVanaf)},
		KalenderDigest: a.KalenderDigest, Motor: a.Motor,
	}
	if b := a.Bandbreedte; b != nil {
		g.Bandbreedte = &domain.Bandbreedte{Laagste: b.Laagste, Hoogste: b.Hoogste, Ontbrekend: b.Ontbrekend}
	}
	return g
}
