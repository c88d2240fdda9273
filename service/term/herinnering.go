package term

import (
	"errors"
	"fmt"
	"slices"
)

// Ontvanger is who is told by a step of a ladder.
type Ontvanger string

// The receivers of reminders.
const (
	AanBehandelaar Ontvanger = "behandelaar"
	AanTeamleider  Ontvanger = "teamleider"
)

// Trede is a step of the ladder of reminders of a term: how many days after its end
// it is given, a negative number before it, and to whom.
type Trede struct {
	Dagen int
	Aan   []Ontvanger
}

// Herinnering is a step with the working day on which it is given.
type Herinnering struct {
	Trede
	Dag Date
}

// herinneringenFile holds the ladders. They are the office's own choice and say
// nothing of when a term ends, so that they are no part of the digest, and have one of
// their own.
const herinneringenFile = "herinneringen.json"

// verTrede bounds how many days a step lies from the end.
const verTrede = 366

var (
	errLadder = errors.New("a ladder has no steps, or not in the order of their days")
	errStep   = errors.New("a step is given to nobody that is known, or more than 366 days from the end")
)

type herinneringenData struct {
	Stand     string
	Bron      Bron
	Standaard []Trede
	Soorten   map[Soort][]Trede
}

// Ladder is the SHA-256, in hexadecimal, of the ladders that k plans reminders by.
func (k *Kalender) Ladder() string { return k.ladder }

func (k *Kalender) checkHerinneringen(d herinneringenData) error {
	if !dated(d.Stand) || !d.Bron.complete() {
		return fmt.Errorf("%s: %w", herinneringenFile, errName)
	}
	if err := checkLadder(d.Standaard); err != nil {
		return fmt.Errorf("%s: standaard: %w", herinneringenFile, err)
	}
	for s, ladder := range d.Soorten {
		if k.soort(s) == nil && s != EigenTermijn {
			return fmt.Errorf("%s: %q: %w", herinneringenFile, s, errName)
		}
		if err := checkLadder(ladder); err != nil {
			return fmt.Errorf("%s: %q: %w", herinneringenFile, s, err)
		}
	}
	return nil
}

func checkLadder(ladder []Trede) error {
	if len(ladder) == 0 || !slices.IsSortedFunc(ladder, func(a, b Trede) int { return a.Dagen - b.Dagen }) {
		return errLadder
	}
	for i, t := range ladder {
		if i > 0 && t.Dagen == ladder[i-1].Dagen {
			return errLadder
		}
		if len(t.Aan) == 0 || max(t.Dagen, -t.Dagen) > verTrede {
			return errStep
		}
		for _, o := range t.Aan {
			if o != AanBehandelaar && o != AanTeamleider {
				return errStep
			}
		}
	}
	return nil
}

// Herinneringen gives the steps of the ladder of a term of kind s that ends on
// einde, by day. They are given on working days: up to the end on the last one
// before, after it on the first one that follows.
func (k *Kalender) Herinneringen(s Soort, einde Date) []Herinnering {
	ladder, own := k.vast.herinneringen.Soorten[s]
	if !own {
		ladder = k.vast.herinneringen.Standaard
	}
	out := make([]Herinnering, 0, len(ladder))
	for _, t := range ladder {
		day := einde.AddDays(t.Dagen)
		if t.Dagen > 0 {
			day = k.gewoneDag(day)
		} else {
			day = k.gewoneDagVoor(day)
		}
		out = append(out, Herinnering{t, day})
	}
	return out
}

// Werkdag reports that d is a day on which the office works.
func (k *Kalender) Werkdag(d Date) bool {
	_, skipped := k.OvergeslagenDag(d)
	return !skipped
}

// gewoneDagVoor is d, or the last day before it that is not skipped.
func (k *Kalender) gewoneDagVoor(d Date) Date {
	for !k.Werkdag(d) {
		d = d.AddDays(-1)
	}
	return d
}
