package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/schema"
)

// OntvangMelding implements ServerInterface: a melding that comes in.
func (h *Handler) OntvangMelding(c echo.Context) error {
	told, key, err := once(c, h.contract.ReadMelding)
	if err != nil {
		return err
	}
	kept, err := h.app.Ontvang(c.Request().Context(), Actor(c), told, key)
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderLocation, base+"/meldingen/"+kept.Melding.ID)
	return h.answer(c, http.StatusCreated, kept)
}

// LeesMelding implements ServerInterface: a melding by its id or kenmerk.
func (h *Handler) LeesMelding(c echo.Context, id string) error {
	kept, err := h.app.LeesMelding(c.Request().Context(), Actor(c), named(c, id))
	if err != nil {
		return err
	}
	return h.answer(c, http.StatusOK, kept)
}

// WijzigMelding implements ServerInterface: a correction as a merge patch.
func (h *Handler) WijzigMelding(c echo.Context, id string) error {
	raw, err := body(c, maxBody, mergePatch, echo.MIMEApplicationJSON)
	if err != nil {
		c.Response().Header().Set("Accept-Patch", mergePatch+", "+echo.MIMEApplicationJSON) // RFC 5789 section 2.2
		return err
	}
	v, err := voorwaarde(c.Request().Header)
	if err != nil {
		return err
	}
	change, err := h.contract.ReadWijziging(raw)
	if err != nil {
		return err
	}
	if change.ReadsProvider() {
		before, err := h.app.LeesMelding(c.Request().Context(), Actor(c), named(c, id))
		if err != nil {
			return err
		}
		change = change.Beside(before.Aanbieder)
	}
	kept, err := h.app.WijzigMelding(c.Request().Context(), Actor(c), named(c, id), v, change.Apply)
	if err != nil {
		return err
	}
	return h.answer(c, http.StatusOK, kept)
}

// ZetKlachtBijAanbieder implements ServerInterface: the complaint at the provider
// as it stands.
func (h *Handler) ZetKlachtBijAanbieder(c echo.Context, id string) error {
	raw, err := body(c, maxBody)
	if err != nil {
		return err
	}
	v, err := voorwaarde(c.Request().Header)
	if err != nil {
		return err
	}
	in, _, faults, err := schema.Read[MeldingKlacht](h.contract.schemas, "MeldingKlacht", raw)
	if err != nil {
		return err
	}
	told, answer := aanvraagMeldingKlacht(in)
	kept, err := h.app.ZetKlacht(c.Request().Context(), Actor(c), named(c, id), v, told, answer, faults)
	if err != nil {
		return err
	}
	return h.answer(c, http.StatusOK, kept)
}

// TrekKlachtIn implements ServerInterface: the complaint at the provider taken back.
func (h *Handler) TrekKlachtIn(c echo.Context, id string) error {
	v, err := voorwaarde(c.Request().Header)
	if err != nil {
		return err
	}
	kept, err := h.app.TrekKlachtIn(c.Request().Context(), Actor(c), named(c, id), v)
	if err != nil {
		return err
	}
	return h.answer(c, http.StatusOK, kept)
}

// LeesGeschiedenis implements ServerInterface: what happened to a melding.
func (h *Handler) LeesGeschiedenis(c echo.Context, id string) error {
	after, faults := domain.LeesGewijzigdNa(c.QueryParam)
	if len(faults) > 0 {
		return domain.InvalidInput(faults)
	}
	events, err := h.app.Geschiedenis(c.Request().Context(), Actor(c), named(c, id), after)
	if err != nil {
		return err
	}
	out := Geschiedenis{Items: make([]Voorval, 0, len(events))}
	for _, v := range events {
		out.Items = append(out.Items, h.fromVoorval(v))
	}
	return c.JSON(http.StatusOK, out)
}

// answer gives a melding with its entity tag; a reader who has it already is told
// so.
func (h *Handler) answer(c echo.Context, status int, kept app.MeldingBeeld) error {
	raw, err := h.tag(c, kept)
	if err != nil {
		return err
	}
	if c.Request().Method == http.MethodGet && bekend(c.Request().Header, c.Response().Header().Get("ETag")) {
		return c.NoContent(http.StatusNotModified)
	}
	return c.JSONBlob(status, raw)
}

// tag puts the entity tag of a melding on the answer, and gives the melding as it
// is read.
func (h *Handler) tag(c echo.Context, kept app.MeldingBeeld) ([]byte, error) {
	raw, err := json.Marshal(FromMelding(h.texts, kept))
	if err != nil {
		return nil, fmt.Errorf("write melding: %w", err)
	}
	c.Response().Header().Set("ETag", etag(kept.Melding.Versie, raw))
	return raw, nil
}

// named is the id or kenmerk in the path as it was typed: the router leaves it
// encoded when the path has signs encoded that need not be.
func named(c echo.Context, id string) string {
	if c.Request().URL.RawPath == "" {
		return id
	}
	plain, err := url.PathUnescape(id)
	if err != nil {
		return id
	}
	return plain
}

// mergePatch is the media type of a merge patch (RFC 7396).
const mergePatch = "application/merge-patch+json"

// ReadMelding reads the body of a melding as it was told. A body that is no proper
// JSON is an error; what the schema finds wrong is in the Faults.
func (c *Contract) ReadMelding(raw []byte) (domain.Opgave, error) {
	in, _, faults, err := schema.Read[MeldingInvoer](c.schemas, "MeldingInvoer", raw)
	if err != nil {
		return domain.Opgave{}, err
	}
	return opgave(in, faults), nil
}
