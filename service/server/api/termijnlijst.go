package api

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// LijstTermijnen implements ServerInterface: a page of terms, or all of them as a
// file.
func (h *Handler) LijstTermijnen(c echo.Context) error {
	f := domain.LeesTermijnFilter(c.QueryParam)
	c.Response().Header().Add(echo.HeaderVary, echo.HeaderAccept)
	if AsksFile(c.Request()) {
		return h.termijnBestand(c, f)
	}
	found, err := h.app.LijstTermijnen(c.Request().Context(), Actor(c), f)
	if err != nil {
		return err
	}
	linkNext(c, found.Volgende)
	return c.JSON(http.StatusOK, FromTermijnLijst(found))
}

// LijstStiptheid implements ServerInterface: a page of the figures of providers.
func (h *Handler) LijstStiptheid(c echo.Context) error {
	q, faults := domain.LeesStiptheidVraag(c.QueryParam)
	if len(faults) > 0 {
		return domain.InvalidInput(faults)
	}
	found, err := h.app.LijstStiptheid(c.Request().Context(), Actor(c), q)
	if err != nil {
		return err
	}
	out := StiptheidLijst{Items: make([]Stiptheid, 0, len(found.Aanbieders))}
	for _, a := range found.Aanbieders {
		out.Items = append(out.Items, h.fromStiptheid(a))
	}
	linkNext(c, found.Volgende)
	return c.JSON(http.StatusOK, out)
}

// LeesStiptheid implements ServerInterface: the figures of one provider.
func (h *Handler) LeesStiptheid(c echo.Context, id string) error {
	q, faults := domain.LeesStiptheidVraag(c.QueryParam)
	if len(faults) > 0 {
		return domain.InvalidInput(faults)
	}
	found, err := h.app.Stiptheid(c.Request().Context(), Actor(c), named(c, id), q)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, h.fromStiptheid(found))
}

// FromTermijnLijst gives a page of terms its form on the wire.
func FromTermijnLijst(l app.TermijnLijst) TermijnLijst {
	out := TermijnLijst{Dag: l.Dag.String(), Items: make([]TermijnRegel, 0, len(l.Rijen))}
	for _, r := range l.Rijen {
		out.Items = append(out.Items, fromTermijnRij(r))
	}
	if n := l.Totalen; n != nil {
		total := &TermijnTotalen{Aantal: n.Aantal}
		s, o := &total.PerStatus, &total.PerEigenaar
		s.Lopend, s.Nadert, s.Verstreken = n.PerStatus[term.Lopend], n.PerStatus[term.Nadert], n.PerStatus[term.Verstreken]
		o.Aanbieder, o.Igj, o.Lmz = n.PerEigenaar[term.VanAanbieder], n.PerEigenaar[term.VanIGJ], n.PerEigenaar[term.VanLMZ]
		o.Melder, o.Geschilleninstantie = n.PerEigenaar[term.VanMelder], n.PerEigenaar[term.VanGeschilleninstantie]
		o.Betrokkene = n.PerEigenaar[term.VanBetrokkene]
		out.Totalen = total
	}
	return out
}

func fromTermijnRij(r app.TermijnRij) TermijnRegel {
	out := TermijnRegel{
		Melding: r.MeldingID, Kenmerk: r.Kenmerk, Soort: string(r.Soort), Titel: r.Titel, Eigenaar: given(string(r.Eigenaar)),
		Start: r.Start.String(), Einddatum: r.Einddatum.String(), Status: string(r.Status), DagenResterend: r.Dagen,
		Afloop: given(string(r.Afloop)), Sector: r.Sector, Behandelaar: given(r.Behandelaar),
	}
	if !r.VoldaanOp.IsZero() {
		out.VoldaanOp = given(r.VoldaanOp.String())
	}
	if a := r.Aanbieder; a != nil {
		out.Aanbieder = &AanbiederVerkort{ID: a.ID, Naam: given(a.Naam), Plaats: given(a.Plaats)}
	}
	return out
}

// fromStiptheid gives the figures of a provider their form on the wire, each that is
// given as a number with the address of the list of its terms.
func (h *Handler) fromStiptheid(s app.StiptheidAanbieder) Stiptheid {
	list := url.Values{"aanbieder": {s.Aanbieder.ID}}
	out := Stiptheid{
		Aanbieder: AanbiederVerkort{ID: s.Aanbieder.ID, Naam: given(s.Aanbieder.Naam), Plaats: given(s.Aanbieder.Plaats)},
		Sectoren:  make([]StiptheidSector, 0, len(s.Sectoren)),
	}
	if !s.Van.IsZero() {
		out.EindeVan = given(s.Van.String())
		list.Set("eindeVan", s.Van.String())
	}
	if !s.Tot.IsZero() {
		out.EindeTot = given(s.Tot.String())
		list.Set("eindeTot", s.Tot.String())
	}
	out.Cijfers = h.fromCijfers(s.Cijfers, list)
	for _, one := range s.Sectoren {
		list.Set("sector", one.Sector)
		out.Sectoren = append(out.Sectoren, StiptheidSector{Sector: one.Sector, Cijfers: h.fromCijfers(one.Cijfers, list)})
	}
	return out
}

func (h *Handler) fromCijfers(c app.StiptheidCijfers, list url.Values) StiptheidCijfers {
	figure := func(g domain.Getal, a domain.Afloop) StiptheidGetal {
		out := fromGetal(h.texts, g)
		if g.Klein || g.Minstens {
			return out // who counts the list would know the number, or what it lacks
		}
		list.Set("afloop", string(a))
		at := base + "/termijnen?" + list.Encode()
		out.Lijst = &at
		return out
	}
	return StiptheidCijfers{
		OpTijd: figure(c.OpTijd, domain.OpTijd), Verlengd: figure(c.Verlengd, domain.OpTijdNaVerlenging),
		TeLaat: figure(c.TeLaat, domain.TeLaat), Nooit: figure(c.Nooit, domain.Nooit), Totaal: fromGetal(h.texts, c.Totaal),
	}
}

// fromGetal gives a number its form on the wire.
func fromGetal(t domain.Texts, g domain.Getal) StiptheidGetal {
	out := StiptheidGetal{Tekst: Getal(t, g)}
	if !g.Klein && !g.Minstens {
		out.Aantal = &g.Aantal
	}
	return out
}

// Getal says a number as it may be shown.
func Getal(t domain.Texts, g domain.Getal) string {
	switch {
	case g.Klein:
		return t.Sentence("lijst.klein")
	case g.Minstens:
		return t.Sentence("lijst.minstens", g.Aantal)
	}
	return strconv.Itoa(g.Aantal)
}
