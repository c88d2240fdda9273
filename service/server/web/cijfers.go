package web

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// cijfers are the figures of the first page.
type cijfers struct {
	Alle, PerAdvies, PerTermijn, PerStatus []cijfer
	Aanbieders                             int
}

// cijfer is how many meldingen the list at Adres holds, and what they have. Alarm: there
// should be none.
type cijfer struct {
	Naam   string
	Aantal int
	Adres  string
	Alarm  bool
}

// tel counts what is kept: the advices that ask most first, the terms that ask
// for something, and the states in the order of a life.
func (p *Pages) tel(ctx context.Context) (*cijfers, error) {
	t, err := p.app.Telling(ctx, domain.Actor{})
	if err != nil {
		return nil, err
	}
	out := cijfers{Alle: []cijfer{{Aantal: t.Meldingen, Adres: "/v1/meldingen"}}, Aanbieders: t.Aanbieders}
	for _, a := range slices.Backward(append(domain.Adviezen(), domain.Beoordelen)) {
		row := lijst("advies", string(a), t.PerAdvies[a])
		row.Alarm = a == domain.Beoordelen && row.Aantal > 0
		out.PerAdvies = append(out.PerAdvies, row)
	}
	for _, s := range []term.Status{term.Verstreken, term.Nadert} {
		out.PerTermijn = append(out.PerTermijn, lijst("termijnStatus", string(s), t.PerTermijn[s]))
	}
	for _, s := range domain.MeldingStatussen() {
		out.PerStatus = append(out.PerStatus, lijst("status", string(s), t.PerStatus[s]))
	}
	return &out, nil
}

// lijst is a figure with the call that gives exactly those meldingen.
func lijst(filter, code string, n int) cijfer {
	return cijfer{Naam: strings.ReplaceAll(code, "_", " "), Aantal: n, Adres: "/v1/meldingen?" + url.Values{filter: {code}}.Encode()}
}
