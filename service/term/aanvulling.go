package term

import (
	"fmt"
	"slices"
	"strings"
)

// verJaren is how many years after the state of the law decree days can be known.
const verJaren = 15

// Vul gives k with what is told of decrees: days come in, and those that are named
// as Vervallen go. All faults are named at once, and then there is no calendar. The
// same told again changes nothing.
func (k *Kalender) Vul(a Aanvulling) (*Kalender, []Fault) {
	v := &vuller{k: k, listed: map[Date]bool{}, next: Besluiten{Stand: a.Stand, Jaren: k.decreten.Jaren}}
	if a.Stand == "" {
		v.next.Stand = k.decreten.Stand
	} else if !dated(a.Stand) {
		v.fault("stand", "datum")
	}
	v.jaren(a.Jaren)
	v.vervallen(a.Vervallen)
	for i, b := range a.Besluiten {
		v.besluit(fmt.Sprintf("besluiten[%d]", i), b)
	}
	if len(v.faults) > 0 {
		return nil, v.faults
	}
	next, err := build(k.vast, v.next)
	if err != nil {
		return nil, []Fault{{Field: "besluiten", Code: "kalender_klopt_niet"}}
	}
	return next, nil
}

// vuller gathers what is wrong with an Aanvulling, and the decree days it leads to.
type vuller struct {
	k      *Kalender
	next   Besluiten
	listed map[Date]bool // days that were told of
	faults []Fault
}

func (v *vuller) fault(field, code string, args ...any) {
	v.faults = append(v.faults, Fault{Field: field, Code: code, Args: args})
}

// jaren takes over the known years: they only grow, and do not run ahead of the law.
func (v *vuller) jaren(told *Jaren) {
	if told == nil {
		return
	}
	known := v.k.decreten.Jaren
	if told.Van > known.Van {
		v.fault("jaren.van", "kalender_jaren_krimpen", known.Van, known.Tot)
	} else if told.Van < MinYear {
		v.fault("jaren.van", "kalender_jaren_ver", MinYear, MaxYear)
	}
	last := MaxYear
	if d, err := ParseDate(v.next.Stand); err == nil {
		last = min(last, d.Year()+verJaren)
	}
	if told.Tot < known.Tot {
		v.fault("jaren.tot", "kalender_jaren_krimpen", known.Van, known.Tot)
	} else if told.Tot > last {
		v.fault("jaren.tot", "kalender_jaren_ver", MinYear, last)
	}
	v.next.Jaren = *told
}

// vervallen takes over the known days but those that go.
func (v *vuller) vervallen(gone []Vervallen) {
	for i, g := range gone {
		at := fmt.Sprintf("vervallen[%d]", i)
		if strings.TrimSpace(g.Reden) == "" {
			v.fault(at+".reden", "verplicht")
		}
		d, err := ParseDate(g.Datum)
		if err != nil {
			v.fault(at+".datum", "datum")
			continue
		}
		if _, known := v.k.besluiten[d]; !known {
			v.fault(at+".datum", "kalender_niet_bekend")
		} else if v.listed[d] {
			v.fault(at+".datum", "kalender_dubbel")
		}
		v.listed[d] = true
	}
	for _, b := range v.k.decreten.Besluiten {
		b.Dagen = slices.DeleteFunc(slices.Clone(b.Dagen), func(day Besluitdag) bool {
			d, err := ParseDate(day.Datum)
			return err == nil && v.listed[d]
		})
		v.next.Besluiten = append(v.next.Besluiten, b)
	}
}

// besluit takes over a decree: one that is known by name and source gets the days
// it does not have.
func (v *vuller) besluit(at string, b Besluit) {
	i := slices.IndexFunc(v.next.Besluiten, func(known Besluit) bool { return known.Besluit == b.Besluit && known.Bron == b.Bron })
	if i < 0 {
		if strings.TrimSpace(b.Besluit) == "" {
			v.fault(at+".besluit", "verplicht")
		}
		if !staatscourant().MatchString(b.Bron.Titel) {
			v.fault(at+".bron.titel", "kalender_staatscourant")
		}
		if strings.TrimSpace(b.Bron.Verwijzing) == "" {
			v.fault(at+".bron.verwijzing", "verplicht")
		}
		if len(b.Dagen) == 0 {
			v.fault(at+".dagen", "verplicht")
		}
		i = len(v.next.Besluiten)
		v.next.Besluiten = append(v.next.Besluiten, Besluit{Besluit: b.Besluit, Bron: b.Bron})
	}
	for j, day := range b.Dagen {
		if v.dag(fmt.Sprintf("%s.dagen[%d]", at, j), day, b) {
			v.next.Besluiten[i].Dagen = append(v.next.Besluiten[i].Dagen, day)
		}
	}
}

// dag checks a day of decree b, and reports whether it is new.
func (v *vuller) dag(at string, day Besluitdag, b Besluit) bool {
	if strings.TrimSpace(day.Naam) == "" {
		v.fault(at+".naam", "verplicht")
	}
	d, err := ParseDate(day.Datum)
	if err != nil {
		v.fault(at+".datum", "datum")
		return false
	}
	if v.listed[d] {
		v.fault(at+".datum", "kalender_dubbel")
		return false
	}
	v.listed[d] = true
	if known, is := v.k.besluiten[d]; is {
		if now := newVrij(day.Naam, b.Bron).label; known.label != now {
			v.fault(at+".datum", "kalender_spreekt_tegen", known.label)
		}
		return false
	}
	if naam, free := v.k.OvergeslagenDag(d); free {
		v.fault(at+".datum", "kalender_al_vrij", naam)
	} else if d.Year() < v.next.Jaren.Van || d.Year() > v.next.Jaren.Tot {
		v.fault(at+".datum", "kalender_buiten_jaren", v.next.Jaren.Van, v.next.Jaren.Tot)
	}
	return true
}
