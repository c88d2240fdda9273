// Package agenda writes the open terms of a user as a calendar that other programs
// read (iCalendar, RFC 5545).
package agenda

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-ical"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// domein stands behind the name of each event, so that it is unique in the world.
const domein = "@lmz-triage.zorgmeldingen.nl"

// Schrijf writes a as a calendar with a day for each term.
func Schrijf(t domain.Texts, a app.Agenda) ([]byte, error) {
	c := ical.NewCalendar()
	c.Props.SetText(ical.PropVersion, "2.0")
	c.Props.SetText(ical.PropProductID, "-//LMZ-triage//Termijnen//NL")
	name := ical.NewProp("X-WR-CALNAME")
	name.SetText(t.Sentence("lijst.agenda_naam"))
	name.Params.Del(ical.ParamValue) // calendar programs know the name without its type
	c.Props.Set(name)
	c.Props.Set(&ical.Prop{Name: ical.PropRefreshInterval, Params: ical.Params{ical.ParamValue: {"DURATION"}}, Value: "PT1H"})
	for _, one := range a.Termijnen {
		c.Children = append(c.Children, termijn(t, one))
	}
	if a.Meer > 0 {
		c.Children = append(c.Children, meer(t, a))
	}
	if len(c.Children) == 0 {
		c.Children = append(c.Children, zone())
	}
	var out bytes.Buffer
	if err := ical.NewEncoder(&out).Encode(c); err != nil {
		return nil, fmt.Errorf("write calendar: %w", err)
	}
	return vouw(out.Bytes()), nil
}

// termijn is the last day of a term.
func termijn(t domain.Texts, a app.AgendaTermijn) *ical.Component {
	lines := []string{}
	if a.Eigenaar != "" {
		lines = append(lines, t.Sentence("lijst.agenda_wie", t.Sentence("lijst.eigenaar_"+string(a.Eigenaar))))
	}
	lines = append(lines, t.Sentence("lijst.agenda_uitleg"))
	for _, s := range a.Verklaring {
		lines = append(lines, t.Sentence("lijst.agenda_stap", t.Sentence(s.Reden.Key, s.Reden.Args...)))
	}
	for _, w := range a.Waarschuwingen {
		lines = append(lines, t.Sentence(w.Key, w.Args...))
	}
	e := dag(a.UID, a.Einddatum, a.Gewijzigd)
	e.Props.SetText(ical.PropSummary, t.Sentence("lijst.agenda_titel", a.Kenmerk, a.Titel))
	e.Props.SetText(ical.PropDescription, strings.Join(lines, "\n"))
	e.Props.Set(&ical.Prop{Name: ical.PropSequence, Value: strconv.Itoa(a.Reeks)})
	e.Props.SetDateTime(ical.PropLastModified, a.Gewijzigd.UTC())
	return e
}

// meer tells, today, that there are more terms than the calendar shows.
func meer(t domain.Texts, a app.Agenda) *ical.Component {
	e := dag("meer", a.Dag, midnight(a.Dag))
	e.Props.SetText(ical.PropSummary, t.Sentence("lijst.agenda_meer", len(a.Termijnen), a.Meer))
	return e
}

// dag is an event of a whole day, in which its reader has time for other things.
func dag(uid string, d term.Date, stamp time.Time) *ical.Component {
	e := ical.NewEvent()
	e.Props.SetText(ical.PropUID, uid+domein)
	e.Props.SetDateTime(ical.PropDateTimeStamp, stamp.UTC())
	e.Props.SetDate(ical.PropDateTimeStart, midnight(d))
	e.Props.SetDate(ical.PropDateTimeEnd, midnight(d.AddDays(1)))
	e.Props.SetText(ical.PropTransparency, "TRANSPARENT")
	e.Props.SetText(ical.PropClass, "PRIVATE")
	return e.Component
}

func midnight(d term.Date) time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
}

// zone makes a calendar without events one that may be read: it must hold something.
func zone() *ical.Component {
	standard := ical.NewComponent(ical.CompTimezoneStandard)
	for name, value := range map[string]string{
		ical.PropDateTimeStart: "19700101T000000", ical.PropTimezoneOffsetFrom: "+0100", ical.PropTimezoneOffsetTo: "+0100",
	} {
		standard.Props.Set(&ical.Prop{Name: name, Value: value})
	}
	z := ical.NewComponent(ical.CompTimezone)
	z.Props.SetText(ical.PropTimezoneID, "Europe/Amsterdam")
	z.Children = append(z.Children, standard)
	return z
}

// mostOctets is how long a line is at most, its end apart (RFC 5545 section 3.1).
const mostOctets = 75

// vouw folds long lines, between two characters.
func vouw(text []byte) []byte {
	var out bytes.Buffer
	for line := range bytes.Lines(text) {
		for most := mostOctets; len(line)-len("\r\n") > most; most = mostOctets - 1 {
			at := most
			for !utf8.RuneStart(line[at]) {
				at--
			}
			out.Write(line[:at])
			out.WriteString("\r\n ")
			line = line[at:]
		}
		out.Write(line)
	}
	return out.Bytes()
}
