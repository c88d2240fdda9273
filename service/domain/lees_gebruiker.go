package domain

import (
	"net/mail"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// GebruikerOpgave is a user as an administrator tells of him, texts that passed the
// schema. What is absent is not known; Faults are what the schema found wrong.
type GebruikerOpgave struct {
	ID, Naam, EMail, Team *string
	Rollen                []string
	Inactief              *bool
	Faults                []Fault
}

// The longest texts of a user, in characters. An e-mail address is as long at most
// as RFC 5321 lets it be.
const (
	langsteNaam  = 100
	langsteTeam  = 60
	langsteEMail = 254
)

// LeesGebruiker reads a user. All faults are named at once.
func LeesGebruiker(o GebruikerOpgave) (Gebruiker, []Fault) {
	r := &reader{faults: slices.Clone(o.Faults), unread: o.Faults}
	g := Gebruiker{
		ID: or(o.ID, ""), Naam: r.regel("naam", o.Naam, langsteNaam), EMail: r.regel("eMail", o.EMail, langsteEMail),
		Team: r.regel("team", o.Team, langsteTeam), Inactief: o.Inactief != nil && *o.Inactief,
	}
	switch {
	case o.ID == nil:
		r.misread("id", "verplicht")
	case !GoedeID(g.ID):
		r.misread("id", "gebruiker_id")
	}
	if g.Naam == "" {
		r.misread("naam", "verplicht")
	}
	if g.EMail != "" && !goedAdres(g.EMail) {
		r.fault("eMail", "e_mail", nil)
	}
	for _, name := range o.Rollen {
		if rol := Rol(name); !slices.Contains(g.Rollen, rol) {
			g.Rollen = append(g.Rollen, rol)
		}
	}
	if len(g.Rollen) == 0 {
		r.fault("rollen", "verplicht", nil)
	}
	SortFaults(r.faults)
	return g, r.faults
}

// regel reads a text of one line, without the white space around it.
func (r *reader) regel(field string, text *string, most int) string {
	line := strings.TrimSpace(or(text, ""))
	switch {
	case strings.ContainsFunc(line, func(c rune) bool { return unicode.IsControl(c) || c == '\u2028' || c == '\u2029' }):
		r.misread(field, "een_regel")
	case utf8.RuneCountInString(line) > most:
		r.misread(field, "te_lang", most)
	}
	return line
}

// goedAdres reports that a mail can be sent to an address as it stands, by every
// server there is.
func goedAdres(address string) bool {
	plain := func(c rune) bool { return c > ' ' && c <= '~' }
	at, err := mail.ParseAddress(address)
	return err == nil && at.Address == address && strings.TrimFunc(address, plain) == ""
}

// GoedeID reports that id can name a user or a caller in the history and the log:
// two to 63 small letters, digits, dots and hyphens, the first a letter or a digit.
func GoedeID(id string) bool {
	letter := func(c rune) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }
	other := func(c rune) bool { return !letter(c) && c != '.' && c != '-' }
	return len(id) >= 2 && len(id) <= 63 && letter(rune(id[0])) && !strings.ContainsFunc(id, other)
}
