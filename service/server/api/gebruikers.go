package api

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/schema"
)

// LijstGebruikers implements ServerInterface: a page of the people of the office.
func (h *Handler) LijstGebruikers(c echo.Context) error {
	q, faults := domain.LeesGebruikerVraag(c.QueryParam)
	if len(faults) > 0 {
		return domain.InvalidInput(faults)
	}
	found, err := h.app.LijstGebruikers(c.Request().Context(), Actor(c), q)
	if err != nil {
		return err
	}
	linkNext(c, found.Volgende)
	return c.JSON(http.StatusOK, FromGebruikerLijst(found))
}

// VoegGebruikerToe implements ServerInterface: a user who is new.
func (h *Handler) VoegGebruikerToe(c echo.Context) error {
	told, key, err := once(c, h.contract.ReadGebruiker)
	if err != nil {
		return err
	}
	kept, err := h.app.VoegGebruikerToe(c.Request().Context(), Actor(c), told, key)
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderLocation, base+"/gebruikers/"+kept.ID)
	return answerGebruiker(c, http.StatusCreated, kept)
}

// LeesGebruiker implements ServerInterface: a user by his id.
func (h *Handler) LeesGebruiker(c echo.Context, id string) error {
	found, err := h.app.LeesGebruiker(c.Request().Context(), Actor(c), named(c, id))
	if err != nil {
		return err
	}
	return answerGebruiker(c, http.StatusOK, found)
}

// WijzigGebruiker implements ServerInterface: a user as he is from here on.
func (h *Handler) WijzigGebruiker(c echo.Context, id string) error {
	raw, v, err := conditionalBody(c)
	if err != nil {
		return err
	}
	told, err := h.contract.ReadGebruiker(raw)
	if err != nil {
		return err
	}
	kept, err := h.app.WijzigGebruiker(c.Request().Context(), Actor(c), named(c, id), v, told)
	if err != nil {
		return err
	}
	return answerGebruiker(c, http.StatusOK, kept)
}

// ZetAfwezigheid implements ServerInterface: when a user is away.
func (h *Handler) ZetAfwezigheid(c echo.Context, id string) error {
	raw, v, err := conditionalBody(c)
	if err != nil {
		return err
	}
	told, err := h.contract.ReadAfwezigheid(raw)
	if err != nil {
		return err
	}
	kept, err := h.app.ZetAfwezigheid(c.Request().Context(), Actor(c), named(c, id), v, told)
	if err != nil {
		return err
	}
	return answerGebruiker(c, http.StatusOK, kept)
}

// MaakAgenda implements ServerInterface: a secret address of a calendar, shown once.
func (h *Handler) MaakAgenda(c echo.Context, id string) error {
	v, err := voorwaarde(c.Request().Header)
	if err != nil {
		return err
	}
	kept, geheim, err := h.app.MaakAgenda(c.Request().Context(), Actor(c), named(c, id), v)
	if err != nil {
		return err
	}
	if _, err := tagGebruiker(c, kept); err != nil {
		return err
	}
	return c.JSON(http.StatusOK, AgendaAdres{Adres: c.Scheme() + "://" + c.Request().Host + AgendaPad(geheim)})
}

// StopAgenda implements ServerInterface: no calendar any more.
func (h *Handler) StopAgenda(c echo.Context, id string) error {
	v, err := voorwaarde(c.Request().Header)
	if err != nil {
		return err
	}
	kept, err := h.app.StopAgenda(c.Request().Context(), Actor(c), named(c, id), v)
	if err != nil {
		return err
	}
	return answerGebruiker(c, http.StatusOK, kept)
}

// ReadGebruiker reads the body of a user. A body that is no proper JSON is an error;
// what the schema finds wrong is in the Faults.
func (c *Contract) ReadGebruiker(raw []byte) (domain.GebruikerOpgave, error) {
	in, _, faults, err := schema.Read[GebruikerInvoer](c.schemas, "GebruikerInvoer", raw)
	return domain.GebruikerOpgave{
		ID: in.ID, Naam: given(in.Naam), EMail: in.EMail, Team: in.Team, Rollen: in.Rollen, Inactief: in.Inactief, Faults: faults,
	}, err
}

// ReadAfwezigheid reads the body of the absences of a user, as ReadGebruiker does.
func (c *Contract) ReadAfwezigheid(raw []byte) (domain.AfwezighedenOpgave, error) {
	in, _, faults, err := schema.Read[AfwezigheidInvoer](c.schemas, "AfwezigheidInvoer", raw)
	told := domain.AfwezighedenOpgave{Faults: faults}
	for _, p := range in.Afwezig {
		told.Perioden = append(told.Perioden, domain.AfwezigheidOpgave{Van: given(p.Van), Tot: given(p.Tot), Vervanger: p.Vervanger})
	}
	return told, err
}

// conditionalBody reads a body, and on which versions it may be carried out.
func conditionalBody(c echo.Context) ([]byte, app.Voorwaarde, error) {
	raw, err := body(c, maxBody)
	if err != nil {
		return nil, app.Voorwaarde{}, err
	}
	v, err := voorwaarde(c.Request().Header)
	return raw, v, err
}

// answerGebruiker gives a user with his entity tag; a reader who has him already is
// told so.
func answerGebruiker(c echo.Context, status int, g app.GebruikerBeeld) error {
	raw, err := tagGebruiker(c, g)
	if err != nil {
		return err
	}
	if c.Request().Method == http.MethodGet && bekend(c.Request().Header, c.Response().Header().Get("ETag")) {
		return c.NoContent(http.StatusNotModified)
	}
	return c.JSONBlob(status, raw)
}

func tagGebruiker(c echo.Context, g app.GebruikerBeeld) ([]byte, error) {
	raw, err := json.Marshal(FromGebruiker(g))
	if err != nil {
		return nil, fmt.Errorf("write user: %w", err)
	}
	c.Response().Header().Set("ETag", etag(g.Versie, raw))
	return raw, nil
}

// FromGebruiker gives a user his form on the wire.
func FromGebruiker(g app.GebruikerBeeld) Gebruiker {
	out := Gebruiker{
		ID: g.ID, Naam: g.Naam, EMail: given(g.EMail), Team: given(g.Team), Inactief: g.Inactief, OpenMeldingen: g.OpenMeldingen,
		Rollen: make([]string, 0, len(g.Rollen)),
	}
	for _, r := range g.Rollen {
		out.Rollen = append(out.Rollen, string(r))
	}
	if g.Inzien {
		list := make([]Afwezigheid, 0, len(g.Afwezig))
		for _, a := range g.Afwezig {
			list = append(list, Afwezigheid{Van: a.Van.String(), Tot: a.Tot.String(), Vervanger: given(a.Vervanger)})
		}
		out.Afwezig = &list
	}
	return out
}

// FromGebruikerLijst gives a page of users its form on the wire.
func FromGebruikerLijst(l app.GebruikerLijst) GebruikerLijst {
	out := GebruikerLijst{Items: make([]Gebruiker, 0, len(l.Gebruikers))}
	for _, g := range l.Gebruikers {
		out.Items = append(out.Items, FromGebruiker(g))
	}
	return out
}
