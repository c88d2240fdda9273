package api

import (
	"net/url"
	"slices"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// lezers gives, by the route of a list, how its question is read once its schema has
// passed.
func lezers() map[string]func(text func(string) string) []domain.Fault {
	type text = func(field string) string
	return map[string]func(text) []domain.Fault{
		"/aanbieders/:id/stiptheid": func(t text) []domain.Fault { _, f := domain.LeesStiptheidVraag(t); return f },

		"/meldingen":       func(t text) []domain.Fault { _, f := domain.LeesMeldingVraag(t); return f },
		"/aanbieders":      func(t text) []domain.Fault { _, f := domain.LeesAanbiederVraag(t); return f },
		"/termijnen":       func(t text) []domain.Fault { return domain.LeesTermijnFilter(t).Faults },
		"/stiptheid":       func(t text) []domain.Fault { _, f := domain.LeesStiptheidVraag(t); return f },
		"/berichten":       func(t text) []domain.Fault { _, f := domain.LeesBerichtVraag(t); return f },
		"/alarmen":         func(t text) []domain.Fault { _, f := domain.LeesAlarmFilter(t); return f },
		"/gebruikers":      func(t text) []domain.Fault { _, f := domain.LeesGebruikerVraag(t); return f },
		"/diensten":        func(t text) []domain.Fault { _, f := domain.LeesDienstVraag(t); return f },
		"/kalenderversies": func(t text) []domain.Fault { _, f := domain.LeesKalenderVraag(t); return f },
	}
}

// alleGebreken is what is wrong with the question of a route, of which the schema found
// faults: with these, what is wrong with the other parameters, as far as it can be read
// without those that are at fault.
func alleGebreken(route string, asked url.Values, faults []domain.Fault) []domain.Fault {
	lees, list := lezers()[route]
	if !list {
		return faults
	}
	atFault := func(name string) bool {
		return slices.ContainsFunc(faults, func(f domain.Fault) bool { return f.Field == name })
	}
	more := lees(func(name string) string {
		if atFault(name) || name == "cursor" && atFault("sorteer") { // a cursor is of one order
			return ""
		}
		return asked.Get(name)
	})
	all := slices.Clone(faults)
	for _, f := range more {
		if !atFault(f.Field) {
			all = append(all, f)
		}
	}
	domain.SortFaults(all)
	return all
}
