package term

// Jaren gives the first and last year of which the days equated by decree are
// known.
func (k *Kalender) Jaren() (van, tot int) { return k.van, k.tot }

// Bekend reports that the days equated by decree are known in a year.
func (k *Kalender) Bekend(jaar int) bool { return k.van <= jaar && jaar <= k.tot }

// opTijd is how many months before the end of the known years it is told that they
// come to an end: decrees are published a year or two ahead.
const opTijd = 12

// JarenOp tells on the day vandaag that the known years come to an end, or ended;
// false when that is far away.
func (k *Kalender) JarenOp(vandaag Date) (Sentence, bool) {
	switch last := NewDate(k.tot, 12, 31); {
	case vandaag.After(last):
		return zin("kalender.jaren_voorbij", k.tot), true
	case !vandaag.Before(last.AddMonths(-opTijd)):
		return zin("kalender.jaren_bijna_voorbij", k.tot, k.tot+1), true
	}
	return Sentence{}, false
}
