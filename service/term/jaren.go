package term

// Jaren gives the first and last year of which the days equated by decree are
// known.
func (k *Kalender) Jaren() (van, tot int) { return k.van, k.tot }
