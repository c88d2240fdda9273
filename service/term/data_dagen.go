package term

import (
	"errors"
	"fmt"
	"time"
)

var (
	errRule    = errors.New("a holiday is either a day that exists or a number of days from Easter")
	errWeek    = errors.New("weekdag is not 0 to 6")
	errYears   = errors.New("the known years are not a range")
	errOutside = errors.New("not in the known years")
)

const daysPerWeek = 7

// dated reports that a file says up to which day it follows the law.
func dated(stand string) bool {
	_, err := ParseDate(stand)
	return err == nil
}

// vrij is why a day is skipped: its name, where that stands, and both as the user
// reads them.
type vrij struct {
	naam  string
	bron  Bron
	label string
}

func newVrij(naam string, b Bron) *vrij { return &vrij{naam, b, naam + " (" + b.Titel + ")"} }

func (k *Kalender) addFeestdagen(data feestdagenData) error {
	if !dated(data.Stand) {
		return fmt.Errorf("%s: %w", feestdagenFile, errName)
	}
	for i, f := range data.Feestdagen {
		if err := f.check(); err != nil {
			return fmt.Errorf("%s: feestdagen[%d]: %w", feestdagenFile, i, err)
		}
		k.feestdagen = append(k.feestdagen, feestdag{
			vrij: *newVrij(f.Naam, f.Bron), maand: time.Month(f.Maand), dag: f.Dag,
			pasen: f.Pasen, opZondag: f.OpZondag,
		})
	}
	for i, w := range data.Weekend {
		if err := w.check(); err != nil {
			return fmt.Errorf("%s: weekend[%d]: %w", feestdagenFile, i, err)
		}
		k.weekend[time.Weekday(w.Weekdag)] = newVrij(w.Naam, w.Bron)
	}
	if len(k.feestdagen) == 0 || len(k.weekend) == 0 || len(k.weekend) == daysPerWeek {
		return fmt.Errorf("%s: %w", feestdagenFile, errEmpty)
	}
	return nil
}

func (f feestdagData) check() error {
	if f.Naam == "" || !f.Bron.complete() {
		return errName
	}
	if f.Pasen != nil {
		if f.Maand != 0 || f.Dag != 0 || f.OpZondag != 0 {
			return errRule
		}
		return nil
	}
	// The day must exist in every year, so 29 February does not.
	d := NewDate(2023, time.Month(f.Maand), f.Dag)
	if d.Month() != time.Month(f.Maand) || d.Day() != f.Dag {
		return errRule
	}
	return nil
}

func (w weekendData) check() error {
	if w.Naam == "" || !w.Bron.complete() {
		return errName
	}
	if w.Weekdag < 0 || w.Weekdag >= daysPerWeek {
		return errWeek
	}
	return nil
}

func (k *Kalender) addBesluiten(data Besluiten) error {
	if !dated(data.Stand) {
		return fmt.Errorf("%s: %w", besluitdagenFile, errName)
	}
	k.van, k.tot = data.Jaren.Van, data.Jaren.Tot
	if k.van < MinYear || k.tot < k.van || k.tot > MaxYear {
		return fmt.Errorf("%s: %w", besluitdagenFile, errYears)
	}
	for i, b := range data.Besluiten {
		if b.Besluit == "" || !b.Bron.complete() {
			return fmt.Errorf("%s: besluiten[%d]: %w", besluitdagenFile, i, errName)
		}
		for _, day := range b.Dagen {
			if err := k.addBesluitdag(day.Datum, day.Naam, b.Bron); err != nil {
				return fmt.Errorf("%s: besluiten[%d] %q: %w", besluitdagenFile, i, day.Datum, err)
			}
		}
	}
	return nil
}

func (k *Kalender) addBesluitdag(datum, naam string, b Bron) error {
	d, err := ParseDate(datum)
	if err != nil {
		return err
	}
	if naam == "" {
		return errName
	}
	if !k.bekend(d) {
		return errOutside
	}
	if _, listed := k.besluiten[d]; listed {
		return errTwice
	}
	k.besluiten[d] = newVrij(naam, b)
	return nil
}
