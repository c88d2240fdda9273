package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/schema"
)

// LijstDiensten implements ServerInterface: a page of the rota.
func (h *Handler) LijstDiensten(c echo.Context) error {
	q, faults := domain.LeesDienstVraag(c.QueryParam)
	if len(faults) > 0 {
		return domain.InvalidInput(faults)
	}
	found, err := h.app.LijstDiensten(c.Request().Context(), Actor(c), q)
	if err != nil {
		return err
	}
	linkNext(c, found.Volgende)
	return c.JSON(http.StatusOK, FromDienstLijst(found))
}

// ZetDienst implements ServerInterface: a turn on duty that is new.
func (h *Handler) ZetDienst(c echo.Context) error {
	told, key, err := once(c, h.contract.ReadDienst)
	if err != nil {
		return err
	}
	kept, err := h.app.ZetDienst(c.Request().Context(), Actor(c), told, key)
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderLocation, base+"/diensten/"+kept.ID)
	return c.JSON(http.StatusCreated, FromDienst(kept))
}

// HaalDienstWeg implements ServerInterface: a turn on duty that is taken away.
func (h *Handler) HaalDienstWeg(c echo.Context, id string) error {
	id = named(c, id)
	if err := h.app.HaalDienstWeg(c.Request().Context(), Actor(c), id); err != nil {
		return err
	}
	return c.JSON(http.StatusOK, DienstWeg{ID: id})
}

// WijsToe implements ServerInterface: who handles a melding.
func (h *Handler) WijsToe(c echo.Context, id string) error {
	raw, v, err := conditionalBody(c)
	if err != nil {
		return err
	}
	in, _, faults, err := schema.Read[ToewijzingInvoer](h.contract.schemas, "ToewijzingInvoer", raw)
	if err != nil {
		return err
	}
	told := domain.ToewijzingOpgave{Behandelaar: given(in.Behandelaar), Faults: faults}
	kept, err := h.app.WijsToe(c.Request().Context(), Actor(c), named(c, id), v, told)
	if err != nil {
		return err
	}
	return h.answer(c, http.StatusOK, kept)
}

// TrekToewijzingIn implements ServerInterface: nobody handles a melding any more.
func (h *Handler) TrekToewijzingIn(c echo.Context, id string) error {
	v, err := voorwaarde(c.Request().Header)
	if err != nil {
		return err
	}
	kept, err := h.app.TrekToewijzingIn(c.Request().Context(), Actor(c), named(c, id), v)
	if err != nil {
		return err
	}
	return h.answer(c, http.StatusOK, kept)
}

// ReadDienst reads the body of a turn on duty. A body that is no proper JSON is an
// error; what the schema finds wrong is in the Faults.
func (c *Contract) ReadDienst(raw []byte) (domain.DienstOpgave, error) {
	in, _, faults, err := schema.Read[DienstInvoer](c.schemas, "DienstInvoer", raw)
	return domain.DienstOpgave{
		Gebruiker: given(in.Gebruiker), Van: given(in.Van), Tot: given(in.Tot), Volgorde: in.Volgorde, Faults: faults,
	}, err
}

// FromDienst gives a turn its form on the wire.
func FromDienst(d domain.Dienst) Dienst {
	return Dienst{ID: d.ID, Gebruiker: d.Gebruiker, Van: d.Van, Tot: d.Tot, Volgorde: d.Volgorde}
}

// FromDienstLijst gives a page of turns its form on the wire.
func FromDienstLijst(l app.DienstLijst) DienstLijst {
	out := DienstLijst{Van: l.Van, Tot: l.Tot, Items: make([]Dienst, 0, len(l.Diensten))}
	for _, d := range l.Diensten {
		out.Items = append(out.Items, FromDienst(d))
	}
	return out
}
