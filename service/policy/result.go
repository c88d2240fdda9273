package policy

import (
	"bytes"
	"encoding/json"
	"slices"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// answer is the shape a decision must have; anything else is malformed.
type answer struct {
	Advies   string            `json:"advies"`
	Criteria map[string]string `json:"criteria"`
	Stappen  []string          `json:"stappen"`
}

// ReadDecision reads the result of the decision entry strictly: exactly the
// criteria of the catalogue, each with one of three outcomes, steps of the
// catalogue only, and one of the four advices. What it gives is in the order of
// the catalogue, however the engine ordered it.
func ReadDecision(raw []byte, c domain.Catalogus) (domain.Besluit, error) {
	if a, ok := scanAnswer(raw); ok {
		return checkAnswer(a, c)
	}
	var set []struct {
		Result *answer `json:"result"`
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&set); err != nil {
		return domain.Besluit{}, failed(Malformed, "decision is not of the agreed shape: %v", err)
	}
	if len(set) == 0 || set[0].Result == nil {
		return domain.Besluit{}, failed(Undefined, "data.main.besluit has no value")
	}
	if len(set) > 1 {
		return domain.Besluit{}, failed(Malformed, "decision has %d values", len(set))
	}
	return checkAnswer(*set[0].Result, c)
}

func checkAnswer(a answer, c domain.Catalogus) (domain.Besluit, error) {
	out := domain.Besluit{Advies: domain.Advies(a.Advies), Stappen: []string{}}
	if out.Advies.Rang() < 0 {
		return domain.Besluit{}, failed(Malformed, "advice %q is not one of the four", a.Advies)
	}
	out.Criteria = make([]domain.CriteriumUitkomst, 0, len(c.Criteria))
	for _, cr := range c.Criteria {
		u := domain.Uitkomst(a.Criteria[cr.Code])
		if u != domain.Ja && u != domain.Nee && u != domain.Onbekend {
			return domain.Besluit{}, failed(Malformed, "criterion %s is %q", cr.Code, u)
		}
		out.Criteria = append(out.Criteria, domain.CriteriumUitkomst{Code: cr.Code, Uitkomst: u})
	}
	if len(a.Criteria) != len(c.Criteria) {
		return domain.Besluit{}, failed(Malformed, "%d criteria where the catalogue has %d", len(a.Criteria), len(c.Criteria))
	}
	for _, s := range c.Stappen {
		if slices.Contains(a.Stappen, s.Code) {
			out.Stappen = append(out.Stappen, s.Code)
		}
	}
	if len(a.Stappen) != len(out.Stappen) {
		return domain.Besluit{}, failed(Malformed, "steps %v hold one that is unknown or double", a.Stappen)
	}
	return out, nil
}

// readAdvice reads the result of the advice entry.
func readAdvice(raw []byte) (domain.Advies, error) {
	for _, a := range domain.Adviezen() {
		if string(raw) == `[{"result":"`+string(a)+`"}]` {
			return a, nil
		}
	}
	if string(raw) == "[]" {
		return "", failed(Undefined, "data.main.advies has no value")
	}
	return "", failed(Malformed, "advice %.60q is not one of the four", raw)
}
