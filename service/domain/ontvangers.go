package domain

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Kantoor is the people of the office and their turns, as they are at some moment,
// to find out who is told of something. It changes nothing.
type Kantoor struct {
	mensen   map[string]Gebruiker
	volgorde []string // ids of all people
	diensten []Dienst
}

// Geadresseerde is a person who is told. Namens is the id of the one he stands in
// for; empty: for nobody.
type Geadresseerde struct {
	Gebruiker Gebruiker
	Namens    string
}

// NieuwKantoor makes a Kantoor of people and turns, which it does not change.
func NieuwKantoor(mensen []Gebruiker, diensten []Dienst) Kantoor {
	k := Kantoor{mensen: make(map[string]Gebruiker, len(mensen)), diensten: slices.Clone(diensten)}
	for _, g := range mensen {
		if _, twice := k.mensen[g.ID]; !twice {
			k.mensen[g.ID] = g
			k.volgorde = append(k.volgorde, g.ID)
		}
	}
	slices.Sort(k.volgorde)
	slices.SortStableFunc(k.diensten, func(a, b Dienst) int {
		return cmp.Or(cmp.Compare(a.Volgorde, b.Volgorde), a.Vergelijk(b))
	})
	return k
}

// Gebruiker is the person of this id, false when there is none.
func (k Kantoor) Gebruiker(id string) (Gebruiker, bool) {
	g, known := k.mensen[id]
	return g, known
}

// metAfwezig is k where the person id has these absences.
func (k Kantoor) metAfwezig(id string, list []Afwezigheid) Kantoor {
	g := k.mensen[id]
	g.Afwezig = list
	k.mensen = maps.Clone(k.mensen)
	k.mensen[id] = g
	return k
}

// rond reports that those who stand in for the person id on the day dag lead back
// to him.
func (k Kantoor) rond(id string, dag term.Date) bool {
	at := id
	for range k.mensen {
		absent := slices.IndexFunc(k.mensen[at].Afwezig, func(a Afwezigheid) bool { return a.Omvat(dag) })
		if absent < 0 {
			return false
		}
		if at = k.mensen[at].Afwezig[absent].Vervanger; at == id {
			return true
		}
	}
	return false
}

// Herinnerd is who is told, on the day dag, of a step of a reminder for aan on a
// melding of behandelaar, each once. A handler who is away is replaced by who stands
// in; where nobody does, or there is no handler any more, it goes to the team
// leaders. Those are the team leaders of the handler's team, else all, else the
// administrators. Nobody only when none of them is there either.
func (k Kantoor) Herinnerd(behandelaar string, aan []term.Ontvanger, dag term.Date) []Geadresseerde {
	var told rij
	for _, o := range aan {
		found := k.aanwezig(dag, behandelaar)
		if o != term.AanBehandelaar || len(found) == 0 {
			found = k.leiding(dag, k.mensen[behandelaar].Team)
		}
		told.add(found...)
	}
	return told
}

// Alarmlijn is everybody who may be told of an alarm at the moment now, of which dag
// is the day, in line: those on duty, the lowest Volgorde first, the team leaders,
// the administrators, each once. Who is away is replaced by who stands in.
func (k Kantoor) Alarmlijn(now time.Time, dag term.Date) []Geadresseerde {
	var line rij
	for _, d := range k.diensten {
		if d.Op(now) {
			line.add(k.aanwezig(dag, d.Gebruiker)...)
		}
	}
	line.add(k.aanwezig(dag, k.met(Teamleider, "")...)...)
	line.add(k.aanwezig(dag, k.met(Beheer, "")...)...)
	return line
}

// IemandInDienst reports that at the moment now somebody is on duty who is there, or
// for whom somebody stands in.
func (k Kantoor) IemandInDienst(now time.Time, dag term.Date) bool {
	return slices.ContainsFunc(k.diensten, func(d Dienst) bool { return d.Op(now) && len(k.aanwezig(dag, d.Gebruiker)) > 0 })
}

// Bereikbaar is the beginning of a line up to the one who makes n that have an
// e-mail address, or all of it: those before him without one are told in the
// product only, and do not count.
func Bereikbaar(lijn []Geadresseerde, n int) []Geadresseerde {
	for i, g := range lijn {
		if g.Gebruiker.EMail == "" {
			continue
		}
		if n--; n <= 0 {
			return lijn[:i+1]
		}
	}
	return lijn
}

// leiding is who is there of the team leaders of a team, else of all of them, else
// of the administrators.
func (k Kantoor) leiding(dag term.Date, team string) []Geadresseerde {
	if team != "" {
		if found := k.aanwezig(dag, k.met(Teamleider, team)...); len(found) > 0 {
			return found
		}
	}
	if found := k.aanwezig(dag, k.met(Teamleider, "")...); len(found) > 0 {
		return found
	}
	return k.aanwezig(dag, k.met(Beheer, "")...)
}

// met is the ids of those with a role, of a team when one is given.
func (k Kantoor) met(rol Rol, team string) (ids []string) {
	for _, id := range k.volgorde {
		if g := k.mensen[id]; g.Heeft(rol) && (team == "" || g.Team == team) {
			ids = append(ids, id)
		}
	}
	return ids
}

// aanwezig is, for each of ids, that person or who stands in on the day dag; not
// those for whom nobody does.
func (k Kantoor) aanwezig(dag term.Date, ids ...string) []Geadresseerde {
	var there rij
	for _, id := range ids {
		if g, ok := k.vervanger(id, dag, map[string]bool{}); ok {
			one := Geadresseerde{Gebruiker: g}
			if g.ID != id {
				one.Namens = id
			}
			there.add(one)
		}
	}
	return there
}

// vervanger is the person id, or the first who is there of those who stand in for
// him, and for them. Who left the office is never there, and nobody stands in for
// him. past holds who was looked at: stand-ins may go round.
func (k Kantoor) vervanger(id string, dag term.Date, past map[string]bool) (Gebruiker, bool) {
	g, known := k.mensen[id]
	if !known || g.Inactief || past[id] {
		return Gebruiker{}, false
	}
	past[id] = true
	away := false
	for _, a := range g.Afwezig {
		if !a.Omvat(dag) {
			continue
		}
		away = true
		if found, ok := k.vervanger(a.Vervanger, dag, past); ok {
			return found, true
		}
	}
	return g, !away
}

// rij is people of whom each comes once.
type rij []Geadresseerde

func (r *rij) add(list ...Geadresseerde) {
	for _, g := range list {
		if !slices.ContainsFunc(*r, func(there Geadresseerde) bool { return there.Gebruiker.ID == g.Gebruiker.ID }) {
			*r = append(*r, g)
		}
	}
}
