package domain

// DringendsteTermijn is the open term that asks most: of those with TermijnStatus
// the one that ends first. False when no term is open.
func (m *Melding) DringendsteTermijn() (MeldingTermijn, bool) {
	var first MeldingTermijn
	found := false
	for _, t := range m.Termijnen {
		if t.Open() && t.Status == m.TermijnStatus() && (!found || t.Einddatum.Before(first.Einddatum)) {
			first, found = t, true
		}
	}
	return first, found
}
