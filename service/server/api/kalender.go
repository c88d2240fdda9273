package api

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/schema"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// LeesKalender implements ServerInterface: a year of the calendar.
func (h *Handler) LeesKalender(c echo.Context, jaar string) error {
	year, faults := domain.LeesJaar("jaar", named(c, jaar))
	if len(faults) > 0 {
		return domain.InvalidInput(faults)
	}
	return c.JSON(http.StatusOK, FromKalenderjaar(h.texts, h.app.LeesKalender(c.Request().Context(), Actor(c), year)))
}

// LijstKalenderversies implements ServerInterface: a page of the versions.
func (h *Handler) LijstKalenderversies(c echo.Context) error {
	q, faults := domain.LeesKalenderVraag(c.QueryParam)
	if len(faults) > 0 {
		return domain.InvalidInput(faults)
	}
	found, err := h.app.LijstKalenders(c.Request().Context(), Actor(c), q)
	if err != nil {
		return err
	}
	linkNext(c, found.Volgende)
	out := KalenderversieLijst{
		Items: make([]Kalenderversie, 0, len(found.Versies)), BekendeJaren: BekendeJaren{Van: found.Van, Tot: found.Tot},
		TeHerrekenen: found.TeHerrekenen, Waarschuwingen: sentences(h.texts, found.Waarschuwingen),
	}
	for _, k := range found.Versies {
		out.Items = append(out.Items, fromKalenderversie(k))
	}
	return c.JSON(http.StatusOK, out)
}

// LeesKalenderversie implements ServerInterface: one version, with its decrees.
func (h *Handler) LeesKalenderversie(c echo.Context, versie string) error {
	found, err := h.app.LeesKalenderversie(c.Request().Context(), Actor(c), named(c, versie))
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, fromVolledig(found))
}

// VulKalender implements ServerInterface: decree days that come and go.
func (h *Handler) VulKalender(c echo.Context) error {
	told, key, err := once(c, h.contract.ReadKalender)
	if err != nil {
		return err
	}
	kept, err := h.app.VulKalender(c.Request().Context(), Actor(c), told, key)
	if err != nil {
		return err
	}
	if !kept.Nieuw {
		return c.JSON(http.StatusOK, fromVolledig(kept.KalenderInhoud))
	}
	c.Response().Header().Set(echo.HeaderLocation, base+"/kalenderversies/"+strconv.Itoa(kept.Versie.Versie))
	return c.JSON(http.StatusCreated, fromVolledig(kept.KalenderInhoud))
}

// ReadKalender reads what is told of decrees: the body of a request, or a file. What is
// no proper JSON is an error; what the schema finds wrong is in the Faults.
func (c *Contract) ReadKalender(raw []byte) (app.KalenderOpgave, error) {
	in, _, faults, err := schema.Read[KalenderInvoer](c.schemas, "KalenderInvoer", raw)
	if err != nil {
		return app.KalenderOpgave{}, err
	}
	return kalenderOpgave(in, faults), nil
}

func kalenderOpgave(in KalenderInvoer, faults []domain.Fault) app.KalenderOpgave {
	out := app.KalenderOpgave{Reden: in.Reden, Faults: faults, Aanvulling: term.Aanvulling{Stand: text(in.Stand)}}
	if j := in.Jaren; j != nil && !domain.Unreadable(faults, "jaren", "jaren.van", "jaren.tot") {
		out.Aanvulling.Jaren = &term.Jaren{Van: j.Van, Tot: j.Tot}
	}
	element := func(f domain.Fault) bool { return strings.HasSuffix(f.Field, "]") }
	if slices.ContainsFunc(faults, element) { // those behind it stand in another place than they were told in
		return out
	}
	if in.Besluiten != nil {
		for _, b := range *in.Besluiten {
			told := term.Besluit{Besluit: b.Besluit, Bron: term.Bron(b.Bron)}
			for _, d := range b.Dagen {
				told.Dagen = append(told.Dagen, term.Besluitdag(d))
			}
			out.Aanvulling.Besluiten = append(out.Aanvulling.Besluiten, told)
		}
	}
	if in.Vervallen != nil {
		for _, v := range *in.Vervallen {
			out.Aanvulling.Vervallen = append(out.Aanvulling.Vervallen, term.Vervallen(v))
		}
	}
	return out
}

// FromKalenderjaar gives a year of the calendar its form on the wire.
func FromKalenderjaar(t domain.Texts, k app.Kalenderjaar) Kalenderjaar {
	out := Kalenderjaar{
		Jaar: k.Jaar, Versie: k.Versie, Digest: k.Digest, BesluitdagenBekend: k.Bekend, BekendeJaren: BekendeJaren{Van: k.Van, Tot: k.Tot},
		Dagen: make([]Kalenderdag, 0, len(k.Dagen)), Waarschuwingen: sentences(t, k.Waarschuwingen),
	}
	for _, d := range k.Dagen {
		out.Dagen = append(out.Dagen, Kalenderdag{
			Datum: d.Datum.String(), Soort: string(d.Soort), Naam: d.Kort, Bron: Bron(d.Bron), Tekst: d.Naam,
		})
	}
	return out
}

func fromKalenderversie(k domain.KalenderVersie) Kalenderversie {
	return Kalenderversie{
		Versie: k.Versie, Digest: k.Digest, VastgelegdOp: k.Op, Door: Uitvoerder{ID: k.Door.ID, Rol: string(k.Door.Rol)}, Reden: k.Reden,
		Erbij: fromVerschil(k.Erbij), Eraf: fromVerschil(k.Eraf), TeHerrekenen: k.TeHerrekenen,
	}
}

func fromVerschil(days []term.VrijeDag) []Verschildag {
	out := make([]Verschildag, 0, len(days))
	for _, d := range days {
		out = append(out, Verschildag{Datum: d.Datum.String(), Tekst: d.Naam})
	}
	return out
}

func fromVolledig(k app.KalenderInhoud) KalenderversieVolledig {
	v := fromKalenderversie(k.Versie)
	out := KalenderversieVolledig{
		Versie: v.Versie, Digest: v.Digest, VastgelegdOp: v.VastgelegdOp, Door: v.Door, Reden: v.Reden, Erbij: v.Erbij, Eraf: v.Eraf,
		TeHerrekenen: v.TeHerrekenen, Stand: k.Inhoud.Stand, Jaren: BekendeJaren{Van: k.Inhoud.Jaren.Van, Tot: k.Inhoud.Jaren.Tot},
		Besluiten: make([]Besluit, 0, len(k.Inhoud.Besluiten)),
	}
	for _, b := range k.Inhoud.Besluiten {
		one := Besluit{Besluit: b.Besluit, Bron: Bron(b.Bron), Dagen: make([]Besluitdag, 0, len(b.Dagen))}
		for _, d := range b.Dagen {
			one.Dagen = append(one.Dagen, Besluitdag(d))
		}
		out.Besluiten = append(out.Besluiten, one)
	}
	return out
}

// sentences says what is to be said.
func sentences(t domain.Texts, list []term.Sentence) []string {
	out := make([]string, 0, len(list))
	for _, s := range list {
		out = append(out, t.Sentence(s.Key, s.Args...))
	}
	return out
}
