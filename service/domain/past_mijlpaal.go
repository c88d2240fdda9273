package domain

import (
	"slices"
	"strings"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// PastMijlpaal holds p against what m holds (in is its reading): what it starts
// must not run, what it ends must have begun, and no day may lie before the one it
// follows. Everything that is wrong is named.
func (m *Melding) PastMijlpaal(p Mijlpaal, in TriageInvoer, k *term.Kalender) []Fault {
	return m.pastNa(m.Mijlpalen, p, in, k)
}

// pastNa is PastMijlpaal after the happenings before.
func (m *Melding) pastNa(before []Mijlpaal, p Mijlpaal, in TriageInvoer, k *term.Kalender) []Fault {
	l := &loop{k: k, termijnen: m.eersteTermijnen(in)}
	for _, was := range before {
		if was.Geldt() {
			l.neem(was)
		}
	}
	l.definitief()
	r := &reader{}
	rule := regelVan(p.Soort)
	if !rule.voor && p.Datum.Before(m.Dag) {
		r.fault("datum", "mijlpaal_voor_ontvangst", []any{m.Dag})
	}
	for _, s := range rule.begint {
		r.begint(l.laatste(s), s, p)
	}
	for _, s := range rule.eindigt {
		r.eindigt(l.laatste(s), s, p, rule.alleen)
	}
	if p.Termijn != "" {
		r.verlengt(l, p)
	}
	SortFaults(r.faults)
	return r.faults
}

// begint checks that p can start a term of kind s; last is the newest of that kind.
func (r *reader) begint(last *MeldingTermijn, s term.Soort, p Mijlpaal) {
	switch {
	case last == nil || s == definitiefRapport: // which runs with the draft
	case last.Open():
		r.fault("soort", "mijlpaal_loopt_al", []any{last.Start})
	case p.Datum.Before(last.VoldaanOp):
		r.fault("datum", "mijlpaal_voor_vorige", []any{last.VoldaanOp})
	}
}

// eindigt checks that p can end the term of kind s; last is the newest of that kind.
func (r *reader) eindigt(last *MeldingTermijn, s term.Soort, p Mijlpaal, alone bool) {
	switch {
	case last == nil && alone:
		r.fault("soort", "mijlpaal_zonder_begin", []any{begintMet(s)})
	case last == nil:
	case !last.Open() && alone:
		r.fault("soort", "mijlpaal_al_geweest", []any{last.VoldaanOp})
	case last.Open() && p.Datum.Before(last.Start) && s != definitiefRapport:
		r.fault("datum", "mijlpaal_voor_begin", []any{last.Start})
	}
}

// begintMet names what starts the terms of kind s, for a sentence.
func begintMet(s term.Soort) string {
	var codes []string
	for _, r := range mijlpaalRegels() {
		if slices.Contains(r.begint, s) {
			codes = append(codes, string(r.soort))
		}
	}
	if len(codes) == 0 {
		return "kanaal brief of webformulier"
	}
	return strings.Join(codes, ", ")
}

// verlengt checks an extension of, or an agreement on, the term that p names.
func (r *reader) verlengt(l *loop, p Mijlpaal) {
	t := l.laatste(p.Termijn)
	if t == nil || !t.Open() {
		r.fault("termijn", "mijlpaal_geen_termijn", nil)
		return
	}
	now := *t
	l.reken(&now)
	if p.Soort == TermijnVerlengd {
		if !t.VerlengdOp.IsZero() {
			r.fault("soort", "mijlpaal_al_geweest", []any{t.VerlengdOp})
			return
		}
		if now.VerlengdOp = p.Datum; p.Datum.After(now.Einddatum) && !now.Einddatum.IsZero() {
			r.fault("datum", "mijlpaal_verlenging_te_laat", []any{now.Einddatum})
		}
	} else {
		now.NadereTermijnTot, now.NadereAkkoord = p.Tot, p.Datum
		if p.Tot.After(t.Start.AddMonths(12 * langsteAfspraak)) {
			r.fault("tot", "mijlpaal_te_ver", []any{langsteAfspraak})
		}
	}
	names := map[string]string{"verlengdOp": "datum", "nadereTermijn": "tot", "nadereTermijn.tot": "tot", "nadereTermijn.akkoordOp": "datum"}
	_, faults := l.k.Bereken(now.Berekening(t.Start))
	for _, f := range faults {
		name := names[f.Field]
		if f.Code == term.GebrekGeenVerlenging || f.Code == term.GebrekGeenNadereTermijn {
			name = "termijn"
		}
		if name != "" && r.readable(name) {
			r.fault(name, f.Code, f.Args)
		}
	}
}

// ZonderMijlpaal checks that the happening with id can be taken back: those that
// were recorded after it must still fit. It names the first that does not.
func (m *Melding) ZonderMijlpaal(id string, in TriageInvoer, k *term.Kalender) []Fault {
	kept := []Mijlpaal{}
	for _, p := range m.Mijlpalen {
		if !p.Geldt() || p.ID == id {
			continue
		}
		if faults := m.pastNa(kept, p, in, k); len(faults) > 0 {
			return []Fault{{Field: "id", Code: "mijlpaal_eerst_andere", Args: []any{string(p.Soort), p.Datum}}}
		}
		kept = append(kept, p)
	}
	return nil
}

// VroegsteMijlpaal is the first day of a happening that may not lie before the day
// of receipt; the zero Date when there is none.
func (m *Melding) VroegsteMijlpaal() term.Date {
	var first term.Date
	for _, p := range m.Mijlpalen {
		if rule := regelVan(p.Soort); p.Geldt() && !rule.voor && (first.IsZero() || p.Datum.Before(first)) {
			first = p.Datum
		}
	}
	return first
}
