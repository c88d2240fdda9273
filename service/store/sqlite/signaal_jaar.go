package sqlite

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"sort"
)

// signaalJaar are the counts of the days of a year of a provider, as the column dagen
// of signaal_jaar holds them: dagLengte bytes for each day with meldingen, in the
// order of the days.
type signaalJaar []byte

// dagLengte is two bytes for the day (mmdd), and four each for how many meldingen of
// the year there are up to and with it, and how many of these have a ground.
const dagLengte = 10

// aantallen are how many meldingen there are, and how many of these have a ground.
type aantallen struct{ alle, ernstig int }

func (a aantallen) plus(b aantallen) aantallen {
	return aantallen{a.alle + b.alle, a.ernstig + b.ernstig}
}

func (a aantallen) minus(b aantallen) aantallen {
	return aantallen{a.alle - b.alle, a.ernstig - b.ernstig}
}

// mogelijk reports whether a can be of meldingen that are there.
func (a aantallen) mogelijk() bool { return a.ernstig >= 0 && a.ernstig <= a.alle }

var (
	errJaar   = errors.New("counts of a year are not days in their order, each with what was counted up to it")
	errAantal = errors.New("counts of a day would be less than none, or more than can be kept")
)

// leesJaar gives the counts in a column dagen, whose memory they share.
func leesJaar(dagen []byte) (signaalJaar, error) {
	if len(dagen) == 0 || len(dagen)%dagLengte != 0 {
		return nil, errJaar
	}
	j, last, before := signaalJaar(dagen), 0, aantallen{}
	for n := range j.dagen() {
		added := j.som(n).minus(before)
		if d := j.dag(n); d <= last || d/100 < 1 || d/100 > 12 || d%100 < 1 || d%100 > 31 || added.alle == 0 || !added.mogelijk() {
			return nil, errJaar
		}
		last, before = j.dag(n), j.som(n)
	}
	return j, nil
}

// dagen is how many days there are.
func (j signaalJaar) dagen() int { return len(j) / dagLengte }

// dag is the n-th day, mmdd.
func (j signaalJaar) dag(n int) int { return int(binary.BigEndian.Uint16(j[n*dagLengte:])) }

// som is what was counted up to and with the n-th day.
func (j signaalJaar) som(n int) aantallen {
	at := j[n*dagLengte:]
	return aantallen{int(binary.BigEndian.Uint32(at[2:])), int(binary.BigEndian.Uint32(at[6:]))}
}

func (j signaalJaar) zet(n, dag int, som aantallen) {
	at := j[n*dagLengte:]
	binary.BigEndian.PutUint16(at, uint16(dag))             //nolint:gosec // at most 1231
	binary.BigEndian.PutUint32(at[2:], uint32(som.alle))    //nolint:gosec // met has looked
	binary.BigEndian.PutUint32(at[6:], uint32(som.ernstig)) //nolint:gosec // at most alle
}

// na is the place of the first day after dag (mmdd, any number).
func (j signaalJaar) na(dag int) int {
	return sort.Search(j.dagen(), func(n int) bool { return j.dag(n) > dag })
}

// tot is what was counted up to and with dag (mmdd, any number).
func (j signaalJaar) tot(dag int) aantallen {
	if n := j.na(dag); n > 0 {
		return j.som(n - 1)
	}
	return aantallen{}
}

// met gives j with d counted on dag (mmdd). A day of which nothing is left is taken
// away. j is not changed.
func (j signaalJaar) met(dag int, d aantallen) (signaalJaar, error) {
	out, n, before := slices.Clone(j), j.na(dag-1), j.tot(dag-1)
	if n == j.dagen() || j.dag(n) != dag {
		out = slices.Insert(out, n*dagLengte, make([]byte, dagLengte)...)
		out.zet(n, dag, before)
	}
	left := out.som(n).minus(before).plus(d)
	if !left.mogelijk() || j.tot(math.MaxUint16).plus(d).alle > math.MaxUint32 {
		return nil, errAantal
	}
	for i := n; i < out.dagen(); i++ {
		out.zet(i, out.dag(i), out.som(i).plus(d))
	}
	if left.alle == 0 {
		out = slices.Delete(out, n*dagLengte, (n+1)*dagLengte)
	}
	return out, nil
}
