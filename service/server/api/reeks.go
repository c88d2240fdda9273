package api

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/schema"
)

// series is the last part of the path of a series, where an id could stand.
const series = "_reeks"

// AdviseerReeks implements ServerInterface: a decision or a problem per item.
func (h *Handler) AdviseerReeks(c echo.Context) error {
	raw, err := body(c, maxSeries)
	if err != nil {
		return err
	}
	once, err := eenmalig(c, raw)
	if err != nil {
		return err
	}
	asked, err := h.series(raw)
	if err != nil {
		return err
	}
	questions := make([]app.ReeksVraag, 0, len(asked.Items))
	for _, item := range asked.Items {
		questions = append(questions, h.reeksVraag(item))
	}
	answers, err := h.app.AdviseerReeksEenmalig(c.Request().Context(), Actor(c), questions, h.parallel, once)
	if err != nil {
		return err
	}
	out := ReeksAntwoord{Items: make([]ReeksResultaat, 0, len(answers))}
	for _, a := range answers {
		if a.Err != nil {
			noteer(c, a.ID, a.Err)
		}
		out.Items = append(out.Items, h.reeksResultaat(a))
	}
	return c.JSON(http.StatusOK, out)
}

// series reads the list itself. A body that is no good JSON is refused whole;
// what is wrong with an item else is left to the item: here that is a null, which
// no schema of this version of OpenAPI lets through.
func (h *Handler) series(raw []byte) (ReeksInvoer, error) {
	if _, err := schema.Parse(raw); err != nil {
		return ReeksInvoer{}, err
	}
	out, _, faults, err := schema.Read[ReeksInvoer](h.contract.schemas, "ReeksInvoer", raw)
	if err != nil {
		return ReeksInvoer{}, err
	}
	all := len(faults)
	faults = slices.DeleteFunc(faults, func(f domain.Fault) bool { return strings.HasPrefix(f.Field, "items[") })
	if len(faults) > 0 {
		return ReeksInvoer{}, domain.InvalidInput(faults)
	}
	if all > 0 { // the faulted items are not in what Read gives
		out = ReeksInvoer{}
		if err := json.Unmarshal(raw, &out); err != nil {
			return ReeksInvoer{}, &domain.Error{Code: domain.Invalid, Key: "fout.onleesbaar", Cause: err}
		}
	}
	return out, nil
}

// reeksVraag reads one item; what is wrong with it is a fault of that item alone.
// Fields inside its question are named as in a question on its own.
func (h *Handler) reeksVraag(raw json.RawMessage) app.ReeksVraag {
	if string(raw) == "null" {
		raw = json.RawMessage("{}")
	}
	item, _, faults, err := schema.Read[ReeksOnderdeel](h.contract.schemas, "ReeksOnderdeel", raw)
	var out app.ReeksVraag
	if item.Kenmerk != nil {
		out.Kenmerk = *item.Kenmerk
	}
	if err != nil {
		out.Err = err
		return out
	}
	if len(item.Invoer) == 0 {
		out.Err = domain.InvalidInput(faults)
		return out
	}
	out.Aanvraag, out.Err = h.contract.ReadAanvraag(item.Invoer)
	out.Aanvraag.Faults = slices.Concat(faults, out.Aanvraag.Faults)
	return out
}

func (h *Handler) reeksResultaat(a app.ReeksAntwoord) ReeksResultaat {
	out := ReeksResultaat{ID: a.ID}
	if a.Kenmerk != "" {
		out.Kenmerk = &a.Kenmerk
	}
	if a.Err != nil {
		e := domain.AsError(a.Err)
		problem := NewProblem(h.texts, e, Status(e.Code), a.ID)
		out.Probleem = &problem
		return out
	}
	advice := FromTriageAdvies(a.Advies)
	out.Advies = &advice
	return out
}
