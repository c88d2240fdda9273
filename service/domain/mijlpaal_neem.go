package domain

import (
	"time"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// NeemMijlpaal records p, and the terms it starts and ends by calendar k, on the
// day vandaag. It gives p as it is kept.
func (m *Melding) NeemMijlpaal(p Mijlpaal, in TriageInvoer, k *term.Kalender, vandaag term.Date) Mijlpaal {
	first := len(m.Geschiedenis) + 1
	m.Gebeurd(p.voorval(VoorvalMijlpaal, p.Op, p.Door))
	m.Mijlpalen = append(m.Mijlpalen, p)
	m.ZetTermijnen(m.Klokken(in, k), vandaag, p.Op, p.Door)
	kept := &m.Mijlpalen[len(m.Mijlpalen)-1]
	kept.Voorvallen = [2]int{first, len(m.Geschiedenis)}
	return *kept
}

// TrekMijlpaalIn takes the happening at index i back, and what it did to the terms.
func (m *Melding) TrekMijlpaalIn(i int, in TriageInvoer, k *term.Kalender, vandaag term.Date, now time.Time, door Actor) {
	p := &m.Mijlpalen[i]
	p.Ingetrokken = now
	m.Gebeurd(p.voorval(VoorvalMijlpaalWeg, now, door))
	m.ZetTermijnen(m.Klokken(in, k), vandaag, now, door)
}

func (p Mijlpaal) voorval(soort VoorvalSoort, now time.Time, door Actor) Voorval {
	what := map[string]string{"id": p.ID, "mijlpaal": string(p.Soort), "datum": p.Datum.String()}
	if p.Termijn != "" {
		what["termijn"] = string(p.Termijn)
	}
	if !p.Tot.IsZero() {
		what["tot"] = p.Tot.String()
	}
	return Voorval{Soort: soort, Op: now, Door: door, Gegevens: what}
}
