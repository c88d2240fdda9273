package term

import "time"

// Kalender counts terms. It does not change after it is read and may be used by
// any number of callers at once.
type Kalender struct {
	soorten    []SoortGegevens
	feestdagen []feestdag
	besluiten  map[Date]*vrij // days equated by royal decree
	weekend    map[time.Weekday]*vrij
	van, tot   int // first and last year of which the decree days are known
	digest     string
	ladder     string
	vast       vast
	decreten   Besluiten
}

// feestdag is a holiday that comes back every year: a fixed day, or a number of
// days from Easter. opZondag is the number of days it shifts when it would fall
// on a Sunday (King's Day).
type feestdag struct {
	vrij

	maand    time.Month
	dag      int
	pasen    *int
	opZondag int
}

// falls reports that the holiday is on d, which lies sinceEaster days after
// Easter of the same year.
func (f feestdag) falls(d Date, sinceEaster int) bool {
	if f.pasen != nil {
		return *f.pasen == sinceEaster
	}
	if f.opZondag == 0 {
		return f.on(d)
	}
	if shifted := d.AddDays(-f.opZondag); f.on(shifted) {
		return shifted.Weekday() == time.Sunday
	}
	return f.on(d) && d.Weekday() != time.Sunday
}

func (f feestdag) on(d Date) bool { return d.Month() == f.maand && d.Day() == f.dag }

// Digest is the SHA-256, in hexadecimal, of the data this calendar counts with.
func (k *Kalender) Digest() string { return k.digest }

// OvergeslagenDag reports that no term can end on d where the Algemene
// termijnenwet applies, and that d is no working day: a holiday (article 3,
// first and second paragraph), a day equated with one (third paragraph), a
// Saturday or a Sunday. The name holds the source; a holiday in a weekend has the
// name of the holiday.
func (k *Kalender) OvergeslagenDag(d Date) (naam string, overgeslagen bool) {
	if v, soort := k.vrijeDag(d); soort != "" {
		return v.label, true
	}
	return "", false
}

// vrijeDag tells why d is skipped; the kind is empty when it is not.
func (k *Kalender) vrijeDag(d Date) (*vrij, DagSoort) {
	sinceEaster := easterSunday(d.Year()).DaysUntil(d)
	for i := range k.feestdagen {
		if f := &k.feestdagen[i]; f.falls(d, sinceEaster) {
			return &f.vrij, DagFeestdag
		}
	}
	if v, is := k.besluiten[d]; is {
		return v, DagBesluit
	}
	if v, is := k.weekend[d.Weekday()]; is {
		return v, DagWeekend
	}
	return nil, ""
}

// gewoneDag is d, or the first day after it that is not skipped.
func (k *Kalender) gewoneDag(d Date) Date {
	for {
		if _, skipped := k.OvergeslagenDag(d); !skipped {
			return d
		}
		d = d.AddDays(1)
	}
}

// werkdagen is the n-th day after d that is not skipped.
func (k *Kalender) werkdagen(d Date, n int) Date {
	for range n {
		d = k.gewoneDag(d.AddDays(1))
	}
	return d
}

// bekend reports that the days equated by decree are known in the year of d.
func (k *Kalender) bekend(d Date) bool { return k.Bekend(d.Year()) }

// easterSunday is Easter in the Gregorian calendar, by the anonymous computus:
// the golden number and the age of the moon, corrected per century.
func easterSunday(year int) Date {
	golden := year % 19
	century, rest := year/100, year%100
	correction := (8*century + 13) / 25
	moon := (19*golden + century - century/4 - correction + 15) % 30
	weekday := (32 + 2*(century%4) + 2*(rest/4) - moon - rest%4) % 7
	late := (golden + 11*moon + 22*weekday) / 451
	n := moon + weekday - 7*late + 114
	return NewDate(year, time.Month(n/31), n%31+1)
}
