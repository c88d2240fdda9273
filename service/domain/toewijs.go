package domain

import "time"

// WijsToe makes the user aan the one who handles m; empty: nobody does any more. It
// reports false, changing nothing, when that is how it stands.
func (m *Melding) WijsToe(aan string, now time.Time, door Actor) bool {
	if m.Behandelaar == aan {
		return false
	}
	v := Voorval{Soort: VoorvalToegewezen, Op: now, Door: door, Gegevens: map[string]string{}}
	if aan != "" {
		v.Gegevens["aan"] = aan
	}
	if m.Behandelaar != "" {
		v.Gegevens["was"] = m.Behandelaar
	}
	m.Behandelaar = aan
	m.Gebeurd(v)
	return true
}
