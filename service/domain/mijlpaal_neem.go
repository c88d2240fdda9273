package domain

import (
	"slices"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// NeemMijlpaal records p at the place at, and the terms it starts and ends by
// calendar k, on the day vandaag. It gives p as it is kept.
func (m *Melding) NeemMijlpaal(at int, p Mijlpaal, in TriageInvoer, k *term.Kalender, vandaag term.Date) Mijlpaal {
	first := len(m.Geschiedenis) + 1
	m.Gebeurd(p.voorval(VoorvalMijlpaal, p.Op, p.Door))
	m.Mijlpalen = slices.Insert(m.Mijlpalen, at, p)
	m.ZetTermijnen(m.Klokken(in, k), k, vandaag, p.Op, p.Door)
	kept := &m.Mijlpalen[at]
	kept.Voorvallen = [2]int{first, len(m.Geschiedenis)}
	return *kept
}

// VerzetMijlpaal makes nu of the happening at index i, or says what is wrong with
// that. It stays the same happening: its terms move with it.
func (m *Melding) VerzetMijlpaal(i int, nu Mijlpaal, in TriageInvoer, k *term.Kalender, vandaag term.Date, now time.Time, door Actor) []Fault {
	was := m.Mijlpalen[i]
	if nu.Soort != was.Soort {
		return []Fault{{Field: "soort", Code: "mijlpaal_soort_vast", Args: []any{string(was.Soort)}}}
	}
	rest := *m
	rest.Mijlpalen = slices.Delete(slices.Clone(m.Mijlpalen), i, i+1)
	nu.ID, nu.Op, nu.Door, nu.Voorvallen, nu.Verzoek = was.ID, was.Op, was.Door, was.Voorvallen, was.Verzoek
	at, faults := rest.PlaatsMijlpaal(nu, in, k)
	if len(faults) > 0 {
		return faults
	}
	m.Mijlpalen = slices.Insert(rest.Mijlpalen, at, nu)
	v := nu.voorval(VoorvalMijlpaalAf, now, door)
	v.Gegevens["was"] = was.Datum.String()
	m.Gebeurd(v)
	m.ZetTermijnen(m.Klokken(in, k), k, vandaag, now, door)
	return nil
}

// TrekMijlpaalIn takes the happening at index i back, and what it did to the terms;
// a fault when a later one rests on it.
func (m *Melding) TrekMijlpaalIn(i int, in TriageInvoer, k *term.Kalender, vandaag term.Date, now time.Time, door Actor) []Fault {
	p := &m.Mijlpalen[i]
	if other := m.Botsing(p.ID, in, k); other != nil {
		return []Fault{{Field: "id", Code: "mijlpaal_eerst_andere", Args: []any{string(other.Soort), other.Datum}}}
	}
	p.Ingetrokken = now
	m.Gebeurd(p.voorval(VoorvalMijlpaalWeg, now, door))
	m.ZetTermijnen(m.Klokken(in, k), k, vandaag, now, door)
	return nil
}

func (p Mijlpaal) voorval(soort VoorvalSoort, now time.Time, door Actor) Voorval {
	what := map[string]string{"id": p.ID, "mijlpaal": string(p.Soort), "datum": p.Datum.String()}
	for name, value := range map[string]string{"termijn": string(p.Termijn), "partij": string(p.Partij)} {
		if value != "" {
			what[name] = value
		}
	}
	if !p.Tot.IsZero() {
		what["tot"] = p.Tot.String()
	}
	return Voorval{Soort: soort, Op: now, Door: door, Gegevens: what}
}
