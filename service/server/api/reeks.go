package api

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/schema"
)

// AdviseerReeks implements ServerInterface: a decision or a problem per item.
func (h *Handler) AdviseerReeks(c echo.Context) error {
	raw, err := body(c, maxSeries)
	if err != nil {
		return err
	}
	series, _, faults, err := schema.Read[ReeksInvoer](h.contract.schemas, "ReeksInvoer", raw)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return domain.InvalidInput(faults)
	}
	questions := make([]app.ReeksVraag, 0, len(series.Items))
	for _, item := range series.Items {
		questions = append(questions, h.reeksVraag(item))
	}
	answers, err := h.app.AdviseerReeks(c.Request().Context(), Actor(c), questions, h.parallel)
	if err != nil {
		return err
	}
	out := ReeksAntwoord{Items: make([]ReeksResultaat, 0, len(answers))}
	for i, a := range answers {
		out.Items = append(out.Items, h.reeksResultaat(series.Items[i].Kenmerk, a))
	}
	return c.JSON(http.StatusOK, out)
}

// reeksVraag reads one item; what is wrong with it is a fault of that item alone.
func (h *Handler) reeksVraag(item ReeksOnderdeel) app.ReeksVraag {
	question, err := h.contract.ReadAanvraag(item.Invoer)
	var e *domain.Error
	if errors.As(err, &e) {
		question.Faults = e.Faults
	}
	return app.ReeksVraag{Aanvraag: question}
}

func (h *Handler) reeksResultaat(kenmerk *string, a app.ReeksAntwoord) ReeksResultaat {
	out := ReeksResultaat{ID: a.ID, Kenmerk: kenmerk}
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
