package api

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// LijstBerichten implements ServerInterface: a page of the messages to the caller.
func (h *Handler) LijstBerichten(c echo.Context) error {
	q, faults := domain.LeesBerichtVraag(c.QueryParam)
	if len(faults) > 0 {
		return domain.InvalidInput(faults)
	}
	found, err := h.app.Berichten(c.Request().Context(), Actor(c), q)
	if err != nil {
		return err
	}
	linkNext(c, found.Volgende)
	return c.JSON(http.StatusOK, FromBerichten(h.texts, h.app.TermijnTitel, found))
}

// LeesBericht implements ServerInterface: a message that the caller has read.
func (h *Handler) LeesBericht(c echo.Context, id string) error {
	read, err := h.app.LeesBericht(c.Request().Context(), Actor(c), named(c, id))
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, fromBericht(h.texts, h.app.TermijnTitel, read))
}

// NeemAlarmAan implements ServerInterface: the caller takes an alarm on.
func (h *Handler) NeemAlarmAan(c echo.Context, id string) error {
	once, err := eenmalig(c, nil)
	if err != nil {
		return err
	}
	v, err := voorwaarde(c.Request().Header)
	if err != nil {
		return err
	}
	kept, err := h.app.NeemAan(c.Request().Context(), Actor(c), named(c, id), v, once)
	if err != nil {
		return err
	}
	return h.answer(c, http.StatusOK, kept)
}

// LijstAlarmen implements ServerInterface: a page of alarms, with figures.
func (h *Handler) LijstAlarmen(c echo.Context) error {
	f, faults := domain.LeesAlarmFilter(c.QueryParam)
	if len(faults) > 0 {
		return domain.InvalidInput(faults)
	}
	found, err := h.app.LijstAlarmen(c.Request().Context(), Actor(c), f)
	if err != nil {
		return err
	}
	linkNext(c, found.Volgende)
	return c.JSON(http.StatusOK, FromAlarmLijst(found))
}

// FromBerichten gives a page of messages its form on the wire. titel names a kind of
// term.
func FromBerichten(t domain.Texts, titel func(term.Soort) string, p domain.BerichtPagina) BerichtLijst {
	out := BerichtLijst{Items: make([]Bericht, 0, len(p.Berichten)), Ongelezen: p.Ongelezen}
	for _, b := range p.Berichten {
		out.Items = append(out.Items, fromBericht(t, titel, b))
	}
	return out
}

func fromBericht(t domain.Texts, titel func(term.Soort) string, b domain.Bericht) Bericht {
	out := Bericht{
		ID: b.ID, Soort: string(b.Soort), Melding: b.MeldingID, Kenmerk: b.Kenmerk, Tekst: BerichtTekst(t, titel, b), Namens: given(b.Namens),
		Op: b.Op, GelezenOp: gegevenMoment(b.GelezenOp), EMail: string(b.Post.Stand),
	}
	switch b.Soort {
	case domain.BerichtAlarm:
		out.Advies, out.Ronde = given(string(b.Advies)), &b.Ronde
		if b.Bundel() {
			out.Aantal, out.Sinds = &b.Aantal, &b.Sinds
		}
		if b.Beleid > 0 {
			out.Beleidsversie = &b.Beleid
		}
	case domain.BerichtHerinnering:
		out.Termijn, out.Partij, out.Einddatum, out.Dagen = given(string(b.Termijn)), given(string(b.Partij)), gegevenDag(b.Einddatum), &b.Dagen
	}
	return out
}

// BerichtTekst says in words what a message is about.
func BerichtTekst(t domain.Texts, titel func(term.Soort) string, b domain.Bericht) string {
	switch {
	case b.Bundel():
		return t.Sentence("bericht.bundel", t.AantalAlarmen(b), t.BeleidBijAlarm(b))
	case b.Soort == domain.BerichtAlarm:
		return t.Sentence("bericht.alarm", b.Kenmerk, b.Advies)
	case b.Dagen > 0:
		return t.Sentence("bericht.verstreken", b.Kenmerk, titel(b.Termijn), b.Einddatum)
	}
	return t.Sentence("bericht.termijn", b.Kenmerk, titel(b.Termijn), b.Einddatum)
}

// gegevenMoment is a moment, nil when it did not happen.
func gegevenMoment(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}

// fromAlarm gives an alarm its form on the wire.
func fromAlarm(a domain.Alarm) Alarm {
	return Alarm{
		Open: a.Open(), Advies: string(a.Advies), Sinds: a.Sinds, Rondes: a.Rondes, LaatsteRondeOp: gegevenMoment(a.Laatste),
		AangenomenOp: gegevenMoment(a.AangenomenOp), AangenomenDoor: given(a.Door), VervallenOp: gegevenMoment(a.VervallenOp),
	}
}

// FromAlarmLijst gives a page of alarms its form on the wire.
func FromAlarmLijst(l app.AlarmLijst) AlarmLijst {
	c := l.Cijfers
	out := AlarmLijst{
		Van: l.Van.String(), Tot: l.Tot.String(), Items: make([]AlarmRegel, 0, len(l.Regels)),
		Cijfers: AlarmCijfers{Aantal: c.Aantal, Open: c.Open, Aangenomen: c.Aangenomen, NietAangenomen: c.Nooit, LangerDan30Minuten: c.TeLaat},
	}
	if c.Aangenomen > 0 {
		out.Cijfers.MediaanMinuten, out.Cijfers.P90Minuten = &c.Mediaan, &c.P90
	}
	for _, r := range l.Regels {
		a := fromAlarm(r.Alarm)
		out.Items = append(out.Items, AlarmRegel{
			Melding: r.MeldingID, Kenmerk: r.Kenmerk, Open: a.Open, Advies: a.Advies, Sinds: a.Sinds, Rondes: a.Rondes,
			LaatsteRondeOp: a.LaatsteRondeOp, AangenomenOp: a.AangenomenOp, AangenomenDoor: a.AangenomenDoor, VervallenOp: a.VervallenOp,
		})
	}
	return out
}
