package term

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// The longest terms the Algemene termijnenwet applies to (article 4, first
// paragraph, b), per unit in which such a term is counted.
const (
	longestWeeks  = 12
	longestMonths = 3
)

// maxLength bounds the length of a term in the data, in any unit.
const maxLength = 366

var (
	errName   = errors.New("name, source or state is missing")
	errTwice  = errors.New("listed twice")
	errEmpty  = errors.New("nothing is listed")
	errLength = errors.New("length is not 1 to 366 weken, maanden or werkdagen")
	errExtend = errors.New("extension is not in the unit of the length")
	errAct    = errors.New("the Algemene termijnenwet does not apply to a term this long or in this unit")
	errOwner  = errors.New("eigenaar is nobody that is known")
	errNearby = errors.New("nadertDagen is negative")
)

func (k *Kalender) addSoorten(data soortenData) error {
	if !dated(data.Stand) {
		return fmt.Errorf("%s: %w", soortenFile, errName)
	}
	if len(data.Soorten) == 0 {
		return fmt.Errorf("%s: %w", soortenFile, errEmpty)
	}
	for i, g := range data.Soorten {
		err := g.check()
		if k.soort(g.Soort) != nil {
			err = errTwice
		}
		if err != nil {
			return fmt.Errorf("%s: soorten[%d] %q: %w", soortenFile, i, g.Soort, err)
		}
		k.soorten = append(k.soorten, g)
	}
	return nil
}

func (g SoortGegevens) check() error {
	switch {
	case g.Soort == "" || g.Titel == "" || !g.Bron.complete():
		return errName
	case !slices.Contains(Eigenaren(), g.Eigenaar):
		return errOwner
	case !g.Lengte.valid():
		return errLength
	case g.Verlenging != Duur{} && (!g.Verlenging.valid() || g.Verlenging.Eenheid != g.Lengte.Eenheid):
		return errExtend
	case g.AlgemeneTermijnenwet && !g.Lengte.plus(g.Verlenging).underAct():
		return errAct
	case g.NadertDagen < 0:
		return errNearby
	}
	return nil
}

func (d Duur) valid() bool {
	return d.Aantal > 0 && d.Aantal <= maxLength && (d.Eenheid == Weken || d.Eenheid == Maanden || d.Eenheid == Werkdagen)
}

func (d Duur) underAct() bool {
	return d.Eenheid == Weken && d.Aantal <= longestWeeks || d.Eenheid == Maanden && d.Aantal <= longestMonths
}

func (b Bron) complete() bool {
	return strings.TrimSpace(b.Titel) != "" && strings.TrimSpace(b.Verwijzing) != ""
}
