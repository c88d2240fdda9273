package domain

import (
	"slices"
	"strings"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// codeBotst: what was recorded before does not fit any more.
const codeBotst = "mijlpaal_botst"

// PlaatsMijlpaal gives everything that happened to m (in is its reading) with p
// among it, by day and within a day as orden has it, or what is wrong with p: what it
// starts must not run, what it ends must have begun, and what is there must still fit
// with it.
func (m *Melding) PlaatsMijlpaal(p Mijlpaal, in TriageInvoer, k *term.Kalender) ([]Mijlpaal, []Fault) {
	if list, ok := m.orden(append(slices.Clone(m.Mijlpalen), p), in, k); ok {
		return list, nil
	}
	var faults []Fault
	for _, at := range m.plaatsen(p) {
		found := m.past(at, p, in, k)
		if len(found) == 0 {
			return slices.Insert(slices.Clone(m.Mijlpalen), at, p), nil
		}
		if faults == nil || faults[0].Code == codeBotst { // says less than a fault of p itself
			faults = found
		}
	}
	return nil, faults
}

// plaatsen lists where p can stand among what happened on its day, the end first.
func (m *Melding) plaatsen(p Mijlpaal) []int {
	low := 0
	for low < len(m.Mijlpalen) && m.Mijlpalen[low].Datum.Before(p.Datum) {
		low++
	}
	high := low
	for high < len(m.Mijlpalen) && m.Mijlpalen[high].Datum == p.Datum {
		high++
	}
	var out []int
	for at := high; at >= low; at-- {
		out = append(out, at)
	}
	return out
}

// past gives what is wrong with p at the place at.
func (m *Melding) past(at int, p Mijlpaal, in TriageInvoer, k *term.Kalender) []Fault {
	l := m.begin(in, k)
	for i, was := range slices.Insert(slices.Clone(m.Mijlpalen), at, p) {
		if !was.Geldt() {
			continue
		}
		if found := m.fouten(l, was, in); len(found) > 0 && i == at {
			return m.straks(found, was, at)
		} else if len(found) > 0 {
			return []Fault{{Field: "datum", Code: codeBotst, Args: []any{string(was.Soort), was.Datum}}}
		}
		l.neem(was)
	}
	return nil
}

// straks says of what is about a term that nothing started yet, that it starts later.
func (m *Melding) straks(found []Fault, p Mijlpaal, at int) []Fault {
	about := append(slices.Clone(regelVan(p.Soort).eindigt), p.Termijn)
	for _, later := range m.Mijlpalen[at:] {
		starts := slices.ContainsFunc(about, func(s term.Soort) bool { return slices.Contains(regelVan(later.Soort).begint, s) })
		i := slices.IndexFunc(found, func(f Fault) bool { return f.Code == "mijlpaal_zonder_begin" || f.Code == "mijlpaal_geen_termijn" })
		if i >= 0 && later.Geldt() && starts && later.Partij == p.Partij {
			found[i] = Fault{Field: "datum", Code: "mijlpaal_voor_begin", Args: []any{later.Datum}}
		}
	}
	return found
}

// Botsing gives the first happening that does not fit what was told (in is its
// reading) without the one that has id; nil when all do.
func (m *Melding) Botsing(id string, in TriageInvoer, k *term.Kalender) *Mijlpaal {
	l := m.begin(in, k)
	for _, p := range m.Mijlpalen {
		if !p.Geldt() || p.ID == id {
			continue
		}
		if len(m.fouten(l, p, in)) > 0 {
			return &p
		}
		l.neem(p)
	}
	return nil
}

// Botst says that what is told now (in is its reading) does not fit what happened
// to m since; nil when it does.
func (m *Melding) Botst(in TriageInvoer, told Opgave, k *term.Kalender) *Fault {
	next := *m
	next.Opgave, next.Dag = told, in.Melding.Ontvangstdatum
	other := next.Botsing("", in, k)
	if other == nil {
		return nil
	}
	field, was := "ontvangstdatum", m.Opgave.Melding
	switch {
	case or(was.Regime, regimeWkkgz) != in.Melding.Regime:
		field = "regime"
	case or(was.Anonimiteit, "") != or(told.Melding.Anonimiteit, ""):
		field = "anonimiteit"
	case m.Opgave.Kanaal != told.Kanaal:
		field = "kanaal"
	}
	return &Fault{Field: field, Code: "wijziging_na_mijlpaal", Args: []any{string(other.Soort), other.Datum}}
}

// fouten names everything that is wrong with p after what l went through.
func (m *Melding) fouten(l *loop, p Mijlpaal, in TriageInvoer) []Fault {
	r, rule, day := &reader{}, regelVan(p.Soort), in.Melding.Ontvangstdatum
	switch {
	case rule.voor && p.Datum.Before(day.AddMonths(-12*langGeleden)):
		r.fault("datum", "mijlpaal_lang_geleden", []any{langGeleden})
	case !rule.voor && p.Datum.Before(day):
		r.fault("datum", "mijlpaal_voor_ontvangst", []any{day})
	}
	if rule.regime != "" && rule.regime != in.Melding.Regime {
		r.fault("soort", "mijlpaal_regime", []any{rule.regime})
	}
	r.loopt(l, rule, p)
	if p.Termijn != "" {
		r.verlengt(l, p)
	}
	SortFaults(r.faults)
	return r.faults
}

// loopt checks that what p starts does not run, and that what it ends does.
func (r *reader) loopt(l *loop, rule mijlpaalRegel, p Mijlpaal) {
	for _, s := range rule.begint {
		if t := l.laatste(s, p.Partij); t != nil && t.Open() && !slices.Contains(rule.vervalt, s) {
			r.fault("soort", "mijlpaal_loopt_al", []any{t.Start})
		}
	}
	for _, s := range rule.eindigt {
		switch t := l.laatste(s, p.Partij); {
		case !rule.alleen:
		case t == nil && s == terugbellen:
			r.fault("soort", "mijlpaal_geen_schrijver", nil)
		case t == nil:
			r.fault("soort", "mijlpaal_zonder_begin", []any{begintMet(s)})
		case !t.Open():
			r.fault("soort", "mijlpaal_al_geweest", []any{t.gesloten()})
		}
	}
}

// gesloten is the day on which t was met, or ended.
func (t MeldingTermijn) gesloten() term.Date {
	if t.VoldaanOp.IsZero() {
		return t.BeeindigdOp
	}
	return t.VoldaanOp
}

// begintMet names what starts the terms of kind s, for a sentence.
func begintMet(s term.Soort) string {
	var codes []string
	for _, r := range mijlpaalRegels() {
		if slices.Contains(r.begint, s) {
			codes = append(codes, string(r.soort))
		}
	}
	return strings.Join(codes, ", ")
}
