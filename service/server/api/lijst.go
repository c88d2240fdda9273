package api

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// LijstMeldingen implements ServerInterface: a page of the queue.
func (h *Handler) LijstMeldingen(c echo.Context) error {
	q, faults := domain.LeesMeldingVraag(c.QueryParam)
	if len(faults) > 0 {
		return domain.InvalidInput(faults)
	}
	found, err := h.app.LijstMeldingen(c.Request().Context(), Actor(c), q)
	if err != nil {
		return err
	}
	linkNext(c, found.Volgende)
	return c.JSON(http.StatusOK, FromMeldingLijst(found))
}

// ZoekAanbieders implements ServerInterface: a page of providers.
func (h *Handler) ZoekAanbieders(c echo.Context) error {
	q, faults := domain.LeesAanbiederVraag(c.QueryParam)
	if len(faults) > 0 {
		return domain.InvalidInput(faults)
	}
	found, err := h.app.ZoekAanbieders(c.Request().Context(), Actor(c), q)
	if err != nil {
		return err
	}
	out := AanbiederLijst{Items: make([]Aanbieder, 0, len(found.Aanbieders))}
	for _, a := range found.Aanbieders {
		out.Items = append(out.Items, FromAanbieder(a))
	}
	linkNext(c, found.Volgende)
	return c.JSON(http.StatusOK, out)
}

// LeesSignalen implements ServerInterface: the figures of a provider.
func (h *Handler) LeesSignalen(c echo.Context, id string) error {
	day, faults := domain.LeesDag("dag", c.QueryParam)
	if len(faults) > 0 {
		return domain.InvalidInput(faults)
	}
	found, err := h.app.AanbiederSignalen(c.Request().Context(), Actor(c), named(c, id), day)
	if err != nil {
		return err
	}
	figures := fromSignalen(found.Signalen)
	return c.JSON(http.StatusOK, AanbiederSignalen{
		Aanbieder: FromAanbieder(found.Aanbieder), Dag: found.Dag.String(), Signalen: &figures,
	})
}

// linkNext names the next page of a list, with the same filters (RFC 8288). cursor
// is empty on the last page.
func linkNext(c echo.Context, cursor string) {
	if cursor == "" {
		return
	}
	query := url.Values{}
	for name, values := range c.QueryParams() {
		query[name] = values
	}
	query.Set("cursor", cursor)
	c.Response().Header().Set("Link", "<"+c.Request().URL.EscapedPath()+"?"+query.Encode()+`>; rel="next"`)
}
