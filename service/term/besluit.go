package term

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
)

// Jaren is the first and last year of which the days equated by decree are known.
type Jaren struct{ Van, Tot int }

// Besluit is a royal decree that equates days with a holiday (Algemene
// termijnenwet, article 3, third paragraph).
type Besluit struct {
	Besluit string
	Bron    Bron
	Dagen   []Besluitdag
}

// Besluitdag is such a day, as yyyy-mm-dd.
type Besluitdag struct{ Datum, Naam string }

// Vervallen is a day that was kept and is no decree day after all, and why.
type Vervallen struct{ Datum, Reden string }

// Aanvulling is what is told of decrees: those that come to what is known, and the
// days that go. Jaren is nil when the known years stay.
type Aanvulling struct {
	Stand     string
	Jaren     *Jaren
	Besluiten []Besluit
	Vervallen []Vervallen
}

// VrijeDag is a day that is skipped, with its name and source.
type VrijeDag struct {
	Datum Date
	Naam  string
}

// Besluiten is what is known of decrees: those there are, the years of which they are
// known, and the day up to which they follow the law.
type Besluiten struct {
	Stand     string
	Jaren     Jaren
	Besluiten []Besluit
}

// LeesBesluiten reads the decrees as Kalender.Besluitdagen wrote them.
func LeesBesluiten(text []byte) (Besluiten, error) {
	var b Besluiten
	if err := decode(besluitdagenFile, text, &b); err != nil {
		return Besluiten{}, fmt.Errorf("read decrees: %w", err)
	}
	return b, nil
}

// Besluitdagen gives the decree days that k counts with, in the form of
// besluitdagen.json.
func (k *Kalender) Besluitdagen() []byte {
	text, err := json.Marshal(k.decreten)
	if err != nil {
		panic(fmt.Sprintf("term: write decree days: %v", err)) // texts and numbers only
	}
	return text
}

// MetBesluitdagen gives k with other decree days, in the form of Besluitdagen.
func (k *Kalender) MetBesluitdagen(text []byte) (*Kalender, error) {
	b, err := LeesBesluiten(text)
	if err != nil {
		return nil, err
	}
	return build(k.vast, b)
}

// DagSoort is why a day is skipped.
type DagSoort string

// The kinds of days that are skipped.
const (
	DagFeestdag DagSoort = "feestdag"
	DagBesluit  DagSoort = "besluitdag"
	DagWeekend  DagSoort = "weekend"
)

// DagSoorten lists every kind.
func DagSoorten() []DagSoort { return []DagSoort{DagFeestdag, DagBesluit, DagWeekend} }

// Kalenderdag is a day of a year that is skipped, with its name and source apart.
type Kalenderdag struct {
	VrijeDag

	Soort DagSoort
	Kort  string // the name without the source
	Bron  Bron
}

// Dagen lists the days of a year that are skipped, in order.
func (k *Kalender) Dagen(jaar int) []Kalenderdag {
	var out []Kalenderdag
	for d := NewDate(jaar, 1, 1); d.Year() == jaar; d = d.AddDays(1) {
		if v, soort := k.vrijeDag(d); soort != "" {
			out = append(out, Kalenderdag{VrijeDag{d, v.label}, soort, v.naam, v.bron})
		}
	}
	return out
}

// Verschil lists the decree days of nu that k does not have so, and the other way
// round: one with another name or source is in both.
func (k *Kalender) Verschil(nu *Kalender) (erbij, weg []VrijeDag) {
	return nu.alleen(k), k.alleen(nu)
}

// alleen lists the decree days of k that other does not have.
func (k *Kalender) alleen(other *Kalender) []VrijeDag {
	out := []VrijeDag{}
	for d, v := range k.besluiten {
		if there, both := other.besluiten[d]; !both || there.label != v.label {
			out = append(out, VrijeDag{d, v.label})
		}
	}
	slices.SortFunc(out, func(a, b VrijeDag) int { return a.Datum.Compare(b.Datum) })
	return out
}

// staatscourant is how a decree is referred to: year and number.
func staatscourant() *regexp.Regexp { return regexp.MustCompile(`Staatscourant [0-9]{4}, [0-9]{1,6}`) }
