package domain

import (
	"slices"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// NeemMijlpaal records p, which stands in all as PlaatsMijlpaal gave it, and the terms
// it starts and ends by calendar k, on the day vandaag. It gives p as it is kept.
func (m *Melding) NeemMijlpaal(all []Mijlpaal, p Mijlpaal, in TriageInvoer, k *term.Kalender, vandaag term.Date) Mijlpaal {
	first := len(m.Geschiedenis) + 1
	m.Gebeurd(p.voorval(VoorvalMijlpaal, p.Op, p.Door))
	m.Mijlpalen = all
	m.ZetTermijnen(m.Klokken(in, k), k, vandaag, p.Op, p.Door)
	at := slices.IndexFunc(all, func(q Mijlpaal) bool { return q.ID == p.ID })
	kept := &m.Mijlpalen[at]
	kept.Voorvallen = [2]int{first, len(m.Geschiedenis)}
	return *kept
}

// VerzetMijlpaal makes nu of the happening at index i, or says what is wrong with
// that. It stays the same happening: its terms move with it. What says the same
// changes nothing.
func (m *Melding) VerzetMijlpaal(i int, nu Mijlpaal, in TriageInvoer, k *term.Kalender, vandaag term.Date, now time.Time, door Actor) []Fault {
	was := m.Mijlpalen[i]
	if nu.Soort != was.Soort {
		return []Fault{{Field: "soort", Code: "mijlpaal_soort_vast", Args: []any{string(was.Soort)}}}
	}
	changes := was.anders(nu)
	if len(changes) == 0 {
		return nil
	}
	if faults := nu.Onmogelijk(in); len(faults) > 0 && len(was.Onmogelijk(in)) == 0 {
		return faults
	}
	rest := *m
	rest.Mijlpalen = slices.Delete(slices.Clone(m.Mijlpalen), i, i+1)
	nu.ID, nu.Op, nu.Door, nu.Voorvallen, nu.Verzoek = was.ID, was.Op, was.Door, was.Voorvallen, was.Verzoek
	all, faults := rest.PlaatsMijlpaal(nu, in, k)
	if len(faults) > 0 {
		return faults
	}
	m.Mijlpalen = all
	v := nu.voorval(VoorvalMijlpaalAf, now, door)
	if v.Velden = changes; nu.Datum != was.Datum {
		v.Gegevens["was"] = was.Datum.String()
	}
	m.Gebeurd(v)
	m.ZetTermijnen(m.Klokken(in, k), k, vandaag, now, door)
	return nil
}

// anders lists the fields in which nu says something else than p.
func (p Mijlpaal) anders(nu Mijlpaal) []VeldWijziging {
	day := func(d term.Date) string {
		if d.IsZero() {
			return ""
		}
		return d.String()
	}
	var out []VeldWijziging
	for _, f := range []VeldWijziging{
		{"datum", day(p.Datum), day(nu.Datum)},
		{"partij", string(p.Partij), string(nu.Partij)},
		{"termijn", string(p.Termijn), string(nu.Termijn)},
		{"tot", day(p.Tot), day(nu.Tot)},
	} {
		if f.Van != f.Naar {
			out = append(out, f)
		}
	}
	return out
}

// TrekMijlpaalIn takes the happening at index i back, and what it did to the terms;
// a fault when a later one rests on it.
func (m *Melding) TrekMijlpaalIn(i int, in TriageInvoer, k *term.Kalender, vandaag term.Date, now time.Time, door Actor) []Fault {
	p := m.Mijlpalen[i]
	p.Ingetrokken = now
	rest := slices.Clone(m.Mijlpalen)
	rest[i] = p
	all, ok := m.orden(rest, in, k)
	if !ok {
		if other := m.Botsing(p.ID, in, k); other != nil {
			return []Fault{{Field: "id", Code: "mijlpaal_eerst_andere", Args: []any{string(other.Soort), other.Datum}}}
		}
		all = rest
	}
	m.Mijlpalen = all
	m.Gebeurd(p.voorval(VoorvalMijlpaalWeg, now, door))
	m.ZetTermijnen(m.Klokken(in, k), k, vandaag, now, door)
	return nil
}

// ZoalsVastgelegd is p as it was first recorded, whatever became of it since;
// history is that of its melding.
func (p Mijlpaal) ZoalsVastgelegd(history []Voorval) Mijlpaal {
	g := history[p.Voorvallen[0]-1].Gegevens
	p.Datum, _ = term.ParseDate(g["datum"])
	p.Tot, _ = term.ParseDate(g["tot"])
	p.Termijn, p.Partij, p.Ingetrokken = term.Soort(g["termijn"]), Partij(g["partij"]), time.Time{}
	return p
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
