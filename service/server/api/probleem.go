package api

import "zorgmeldingen.nl/lmz-triage/service/domain"

// NewProblem gives a failure its form on the wire (RFC 9457). id is the number
// of the request, by which it is found in the log.
func NewProblem(t domain.Texts, e *domain.Error, status int, id string) Probleem {
	out := Probleem{
		Type: "https://lmz-triage.zorgmeldingen.nl/problemen/" + string(e.Code), Title: t.Sentence("titel." + string(e.Code)),
		Status: status, Detail: t.Sentence(e.Key, e.Args...), Instance: "urn:uuid:" + id,
	}
	if e.Code != domain.Invalid {
		return out
	}
	list := make([]Fout, 0, len(e.Faults))
	for _, f := range e.Faults {
		list = append(list, Fout{Veld: f.Field, Code: f.Code, Melding: t.Sentence("gebrek."+f.Code, f.Args...)})
	}
	out.Fouten = &list
	return out
}
