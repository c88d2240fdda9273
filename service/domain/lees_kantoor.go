package domain

import (
	"cmp"
	"strconv"
	"strings"
	"time"
)

// GebruikerVraag asks for a page of the users, by ID. An empty field filters
// nothing.
type GebruikerVraag struct {
	Team     string
	Rol      Rol
	Inactief *bool
	// GewijzigdNa asks for who changed after this moment (VeranderdNa).
	GewijzigdNa time.Time
	Na          string // the ID of the last of the page before
	Aantal      int
}

// LeesGebruikerVraag reads a question for users, as LeesMeldingVraag does.
func LeesGebruikerVraag(text func(field string) string) (GebruikerVraag, []Fault) {
	r := &reader{}
	q := GebruikerVraag{
		Team: text("team"), Rol: Rol(text("rol")), GewijzigdNa: r.moment("gewijzigdNa", text), Na: text("cursor"), Aantal: r.aantal(text),
	}
	if asked := text("inactief"); asked != "" {
		left := asked == "ja"
		q.Inactief = &left
	}
	if q.Na != "" && !GoedeID(q.Na) {
		r.misread("cursor", "cursor")
	}
	return q, r.faults
}

// Past reports that g is one of those that q asks for, on whatever page.
func (q GebruikerVraag) Past(g Gebruiker) bool {
	return (q.Team == "" || g.Team == q.Team) && (q.Rol == "" || g.Heeft(q.Rol)) &&
		(q.Inactief == nil || g.Inactief == *q.Inactief) && VeranderdNa(g.GewijzigdOp, q.GewijzigdNa)
}

// DienstVraag asks for a page of the turns that lie at least in part from Van until
// Tot, by Van, then Volgorde, then ID; of everybody when Gebruiker is empty.
type DienstVraag struct {
	Van, Tot  time.Time // zero: not given
	Gebruiker string
	// GewijzigdNa asks for those told after this moment (VeranderdNa).
	GewijzigdNa time.Time
	Na          *Dienst // the last of the page before: its Van, Volgorde and ID
	Aantal      int
}

// LeesDienstVraag reads a question for turns, as LeesMeldingVraag does.
func LeesDienstVraag(text func(field string) string) (DienstVraag, []Fault) {
	r := &reader{}
	q := DienstVraag{
		Van: r.moment("van", text), Tot: r.moment("tot", text), Gebruiker: text("gebruiker"),
		GewijzigdNa: r.moment("gewijzigdNa", text), Aantal: r.aantal(text),
	}
	if !q.Van.IsZero() && !q.Tot.IsZero() && !q.Van.Before(q.Tot) {
		r.fault("van", "van_na_tot", nil)
	}
	if cursor := text("cursor"); cursor != "" {
		last, ok := leesPlaats(cursor)
		if !ok {
			r.misread("cursor", "cursor")
		}
		q.Na = &last
	}
	return q, r.faults
}

// Past reports that d is one of those that q asks for, on this page or a later one.
func (q DienstVraag) Past(d Dienst) bool {
	return (q.Gebruiker == "" || d.Gebruiker == q.Gebruiker) && (q.Na == nil || d.Vergelijk(*q.Na) > 0) && VeranderdNa(d.GezetOp, q.GewijzigdNa)
}

// Plaats is where d stands in a list, as a text that LeesDienstVraag takes for a
// cursor.
func (d Dienst) Plaats() string {
	return strconv.FormatInt(d.Van.UnixMilli(), 10) + "_" + strconv.Itoa(d.Volgorde) + "_" + d.ID
}

func leesPlaats(text string) (Dienst, bool) {
	parts := strings.SplitN(text, "_", 3)
	if len(parts) != 3 {
		return Dienst{}, false
	}
	van, err := strconv.ParseInt(parts[0], 10, 64)
	volgorde, err2 := strconv.Atoi(parts[1])
	d := Dienst{ID: parts[2], Van: time.UnixMilli(van).UTC(), Volgorde: volgorde}
	return d, cmp.Or(err, err2) == nil && d.Plaats() == text
}
