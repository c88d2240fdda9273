package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// Adviseer implements ServerInterface: one decision.
func (h *Handler) Adviseer(c echo.Context) error {
	question, key, err := once(c, h.contract.ReadAanvraag)
	if err != nil {
		return err
	}
	advice, err := h.app.AdviseerEenmalig(c.Request().Context(), Actor(c), question, key)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, FromTriageAdvies(advice))
}

// LeesAdvies implements ServerInterface: a decision as it was given. The router
// takes GET on the path of the series for the id of a decision.
func (h *Handler) LeesAdvies(c echo.Context, id string) error {
	if id == series {
		c.Response().Header().Set(echo.HeaderAllow, "OPTIONS, POST")
		return &domain.Error{Code: domain.MethodNotAllowed, Key: "fout.methode_niet_toegestaan"}
	}
	advice, err := h.app.LeesAdvies(c.Request().Context(), Actor(c), id)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, FromTriageAdvies(advice))
}

// FromTriageAdvies gives an advice its form on the wire.
func FromTriageAdvies(a domain.TriageAdvies) TriageAdvies {
	out := TriageAdvies{
		ID: a.ID, OpgesteldOp: a.OpgesteldOp, Peildatum: a.Peildatum.String(), Advies: string(a.Advies),
		Criteria: make([]Criterium, 0, len(a.Criteria)), Stappen: make([]Stap, 0, len(a.Stappen)),
		Beleid: Beleidsversie{Versie: a.Beleid.Versie, Digest: a.Beleid.Digest, GeldigVanaf: a.Beleid.GeldigVanaf},
	}
	for _, cr := range a.Criteria {
		out.Criteria = append(out.Criteria, fromCriterium(cr))
	}
	for _, s := range a.Stappen {
		out.Stappen = append(out.Stappen, Stap(s))
	}
	if b := a.Bandbreedte; b != nil {
		out.Bandbreedte = &Bandbreedte{Laagste: string(b.Laagste), Hoogste: string(b.Hoogste)}
		missing := make([]OntbrekendFeit, 0, len(a.Ontbrekend))
		for _, q := range a.Ontbrekend {
			missing = append(missing, OntbrekendFeit(q))
		}
		out.Ontbrekend = &missing
	}
	return out
}

func fromCriterium(cr domain.Criterium) Criterium {
	out := Criterium{
		Code: cr.Code, Soort: cr.Soort, Uitkomst: string(cr.Uitkomst), Titel: cr.Titel, Toelichting: cr.Toelichting,
		Bron: Bron(cr.Bron), Feiten: make([]FeitWaarde, 0, len(cr.Feiten)),
	}
	for _, f := range cr.Feiten {
		out.Feiten = append(out.Feiten, FeitWaarde(f))
	}
	return out
}
