package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/schema"
)

// LegMijlpaalVast implements ServerInterface: a dated happening on a melding.
func (h *Handler) LegMijlpaalVast(c echo.Context, id string) error {
	raw, err := body(c, maxBody)
	if err != nil {
		return err
	}
	once, err := eenmalig(c, raw)
	if err != nil {
		return err
	}
	v, err := voorwaarde(c.Request().Header)
	if err != nil {
		return err
	}
	in, _, faults, err := schema.Read[MijlpaalInvoer](h.contract.schemas, "MijlpaalInvoer", raw)
	if err != nil {
		return err
	}
	kept, err := h.app.LegMijlpaalVast(c.Request().Context(), Actor(c), named(c, id), v, mijlpaalOpgave(in, faults), once)
	if err != nil {
		return err
	}
	if _, err := h.tag(c, kept.Melding); err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderLocation, base+"/meldingen/"+kept.Melding.Melding.ID+"/mijlpalen/"+kept.Mijlpaal.ID)
	return c.JSON(http.StatusCreated, h.fromVastgelegd(kept))
}

// LeesMijlpaal implements ServerInterface: a happening as it stands.
func (h *Handler) LeesMijlpaal(c echo.Context, id, mijlpaal string) error {
	kept, err := h.app.LeesMijlpaal(c.Request().Context(), Actor(c), named(c, id), mijlpaal)
	if err != nil {
		return err
	}
	if _, err := h.tag(c, kept.Melding); err != nil {
		return err
	}
	return c.JSON(http.StatusOK, h.fromVastgelegd(kept))
}

func mijlpaalOpgave(in MijlpaalInvoer, faults []domain.Fault) domain.MijlpaalOpgave {
	return domain.MijlpaalOpgave{Soort: in.Soort, Datum: in.Datum, Termijn: in.Termijn, Tot: in.Tot, Partij: in.Partij, Faults: faults}
}

// VerzetMijlpaal implements ServerInterface: a happening that is corrected.
func (h *Handler) VerzetMijlpaal(c echo.Context, id, mijlpaal string) error {
	raw, err := body(c, maxBody)
	if err != nil {
		return err
	}
	v, err := voorwaarde(c.Request().Header)
	if err != nil {
		return err
	}
	in, _, faults, err := schema.Read[MijlpaalInvoer](h.contract.schemas, "MijlpaalInvoer", raw)
	if err != nil {
		return err
	}
	kept, err := h.app.VerzetMijlpaal(c.Request().Context(), Actor(c), named(c, id), mijlpaal, v, mijlpaalOpgave(in, faults))
	if err != nil {
		return err
	}
	return h.answer(c, http.StatusOK, kept)
}

// TrekMijlpaalIn implements ServerInterface: a happening that is taken back.
func (h *Handler) TrekMijlpaalIn(c echo.Context, id, mijlpaal string) error {
	v, err := voorwaarde(c.Request().Header)
	if err != nil {
		return err
	}
	kept, err := h.app.TrekMijlpaalIn(c.Request().Context(), Actor(c), named(c, id), mijlpaal, v)
	if err != nil {
		return err
	}
	return h.answer(c, http.StatusOK, kept)
}

func (h *Handler) fromVastgelegd(b app.MijlpaalBeeld) MijlpaalVastgelegd {
	p := fromMijlpaal(h.texts, b.Mijlpaal)
	out := MijlpaalVastgelegd{
		ID: p.ID, Soort: p.Soort, Titel: p.Titel, Datum: p.Datum, Termijn: p.Termijn, Tot: p.Tot, Partij: p.Partij,
		VastgelegdOp: p.VastgelegdOp, Door: p.Door, Gebeurtenissen: make([]Voorval, 0, len(b.Voorvallen)),
	}
	for _, v := range b.Voorvallen {
		out.Gebeurtenissen = append(out.Gebeurtenissen, h.fromVoorval(v))
	}
	return out
}

func fromMijlpaal(t domain.Texts, p domain.Mijlpaal) Mijlpaal {
	return Mijlpaal{
		ID: p.ID, Soort: string(p.Soort), Titel: t.Sentence("mijlpaal." + string(p.Soort)), Datum: p.Datum.String(),
		Termijn: given(string(p.Termijn)), Tot: gegevenDag(p.Tot), Partij: given(string(p.Partij)),
		VastgelegdOp: p.Op, Door: Uitvoerder{ID: p.Door.ID, Rol: string(p.Door.Rol)},
	}
}

// aanvraagMeldingKlacht gives the complaint at the provider, as a melding tells it,
// its form in the domain.
func aanvraagMeldingKlacht(k MeldingKlacht) (domain.AanvraagKlacht, *domain.AntwoordOpgave) {
	told := domain.AanvraagKlacht{
		IngediendOp: given(k.IngediendOp), VerlengdOp: k.VerlengdOp, NadereTermijnTot: k.NadereTermijnTot,
		NadereTermijnAkkoordOp: k.NadereTermijnAkkoordOp, AntwoordOp: k.AntwoordOp, AntwoordVoldoende: k.AntwoordVoldoende,
	}
	answer := domain.AntwoordOpgave{EigenTermijnTot: text(k.EigenTermijnTot)}
	if b := k.AntwoordBevat; b != nil {
		answer.Oordeel, answer.Besluiten, answer.TermijnMaatregelen = text(b.Oordeel), text(b.Besluiten), text(b.TermijnMaatregelen)
	}
	if answer.Leeg() {
		return told, nil
	}
	return told, &answer
}

// fromKlacht gives the complaint at the provider its form on the wire, nil when
// there is none.
func fromKlacht(k *domain.AanvraagKlacht, a *domain.AntwoordOpgave) *MeldingKlacht {
	if k == nil {
		return nil
	}
	out := &MeldingKlacht{
		IngediendOp: text(k.IngediendOp), VerlengdOp: k.VerlengdOp, NadereTermijnTot: k.NadereTermijnTot,
		NadereTermijnAkkoordOp: k.NadereTermijnAkkoordOp, AntwoordOp: k.AntwoordOp, AntwoordVoldoende: k.AntwoordVoldoende,
	}
	if a.Leeg() {
		return out
	}
	out.EigenTermijnTot = given(a.EigenTermijnTot)
	if b := (AntwoordBevat{Oordeel: given(a.Oordeel), Besluiten: given(a.Besluiten), TermijnMaatregelen: given(a.TermijnMaatregelen)}); b != (AntwoordBevat{}) {
		out.AntwoordBevat = &b
	}
	return out
}
