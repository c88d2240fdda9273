package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/schema"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// BerekenTermijn implements ServerInterface: one calculation.
func (h *Handler) BerekenTermijn(c echo.Context) error {
	raw, err := body(c, maxBody)
	if err != nil {
		return err
	}
	once, err := eenmalig(c, raw)
	if err != nil {
		return err
	}
	in, _, faults, err := schema.Read[TermijnInvoer](h.contract.schemas, "TermijnInvoer", raw)
	if err != nil {
		return err
	}
	out, err := h.app.BerekenTermijnEenmalig(c.Request().Context(), Actor(c), termijnVraag(in, faults), once)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, FromUitkomst(h.texts, out))
}

func termijnVraag(in TermijnInvoer, faults []domain.Fault) app.TermijnVraag {
	q := app.TermijnVraag{
		Soort: given(in.Soort), Start: given(in.Start), Peildatum: in.Peildatum,
		VerlengdOp: in.VerlengdOp, VoldaanOp: in.VoldaanOp, Faults: faults,
	}
	if n := in.NadereTermijn; n != nil {
		q.NadereTermijn = &app.NadereTermijnVraag{Tot: given(n.Tot), AkkoordOp: given(n.AkkoordOp)}
	}
	return q
}

// FromUitkomst gives a calculation its form on the wire.
func FromUitkomst(t domain.Texts, u term.Uitkomst) Termijnberekening {
	out := Termijnberekening{
		Soort: string(u.Soort), Start: u.Start.String(), RuweEinddatum: u.RuweEinddatum.String(),
		Einddatum: u.Einddatum.String(), Status: string(u.Status), DagenResterend: u.DagenResterend,
		Bron: Bron(u.Bron), Verklaring: make([]TermijnStap, 0, len(u.Verklaring)),
		Waarschuwingen: make([]string, 0, len(u.Waarschuwingen)),
	}
	if v := u.Verlenging; v != nil {
		out.Verlenging = &Verlenging{Geldig: v.Geldig, Reden: t.Sentence(v.Reden.Key, v.Reden.Args...)}
	}
	for _, s := range u.Verklaring {
		out.Verklaring = append(out.Verklaring, TermijnStap{Datum: s.Datum.String(), Reden: t.Sentence(s.Reden.Key, s.Reden.Args...)})
	}
	for _, w := range u.Waarschuwingen {
		out.Waarschuwingen = append(out.Waarschuwingen, t.Sentence(w.Key, w.Args...))
	}
	return out
}

// fromMeldingTermijn gives a term of a melding its form on the wire: what is kept
// of it beside how it is computed today.
func fromMeldingTermijn(t domain.Texts, kept domain.MeldingTermijn, u term.Uitkomst) MeldingTermijn {
	seen := FromUitkomst(t, u)
	out := MeldingTermijn{
		Soort: seen.Soort, Titel: u.Titel, Eigenaar: string(u.Eigenaar), Wettelijk: !u.EigenNorm, Start: seen.Start,
		RuweEinddatum: seen.RuweEinddatum, Einddatum: seen.Einddatum, Verlenging: seen.Verlenging, Status: seen.Status,
		DagenResterend: seen.DagenResterend, Verklaring: seen.Verklaring, Bron: seen.Bron, Waarschuwingen: seen.Waarschuwingen,
		Mijlpaal: given(kept.Mijlpaal()), VerlengdOp: gegevenDag(kept.VerlengdOp), VoldaanOp: gegevenDag(kept.VoldaanOp),
		BeeindigdOp: gegevenDag(kept.BeeindigdOp), Partij: given(string(kept.Partij)),
	}
	if !kept.NadereAkkoord.IsZero() {
		out.NadereTermijn = &AfgesprokenTermijn{Tot: kept.NadereTermijnTot.String(), AkkoordOp: kept.NadereAkkoord.String()}
	}
	return out
}

// gegevenDag is a day on the wire, absent when there is none.
func gegevenDag(d term.Date) *string {
	if d.IsZero() {
		return nil
	}
	return given(d.String())
}
