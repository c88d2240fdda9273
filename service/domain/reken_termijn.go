package domain

import "zorgmeldingen.nl/lmz-triage/service/term"

// Reken computes t as seen on peildatum, with its explanation. An agreement that
// under calendar k is not later than the end without it does not count, and a
// warning says so.
func (t MeldingTermijn) Reken(k *term.Kalender, peildatum term.Date) (term.Uitkomst, []term.Fault) {
	if t.Soort == term.EigenTermijn {
		return term.Opgegeven{Start: t.Start, Tot: t.NadereTermijnTot, Peildatum: peildatum, VoldaanOp: t.VoldaanOp}.Volg(), nil
	}
	b := t.Berekening(peildatum)
	u, faults := k.Bereken(b)
	if len(faults) == 1 && faults[0].Code == term.GebrekNietNaEinde { // the end it is later than has moved since
		b.NadereTermijn = nil
		if u, faults = k.Bereken(b); len(faults) == 0 {
			u.Waarschuwingen = append(u.Waarschuwingen, term.Sentence{Key: "term.waarschuwing.afspraak_past_niet", Args: []any{t.NadereTermijnTot}})
		}
	}
	return u, faults
}

// Volgens reports that calendar k gives t the end that is kept of it.
func (t MeldingTermijn) Volgens(k *term.Kalender) bool {
	u, faults := t.Reken(k, t.Start)
	return len(faults) == 0 && u.Einddatum == t.Einddatum
}

// Uitleg is Reken for the readers of m (in is its reading). A term that asks for
// nothing any more keeps the end and the status that it had by the calendar of
// then; what else a reader must know is a warning.
func (m *Melding) Uitleg(t MeldingTermijn, in TriageInvoer, k *term.Kalender, peildatum term.Date) (term.Uitkomst, []term.Fault) {
	u, faults := t.Reken(k, peildatum)
	if len(faults) > 0 {
		return u, faults
	}
	warn := func(key string, args ...any) {
		u.Waarschuwingen = append(u.Waarschuwingen, term.Sentence{Key: "term.waarschuwing." + key, Args: args})
	}
	u.Eigenaar = t.Eigenaar(k)
	if !t.Open() && u.Einddatum != t.Einddatum {
		warn("andere_kalender", t.Einddatum)
		u.Einddatum = t.Einddatum
	}
	if !t.Open() {
		u.Status = t.Status
	}
	if !t.EindBijVoldaan.IsZero() {
		warn("na_voldaan", t.EindBijVoldaan)
	}
	if !t.BeeindigdOp.IsZero() {
		u.DagenResterend = nil
		warn("beeindigd", t.BeeindigdOp)
	}
	if law := k.Regime(t.Soort); law != "" && law != in.Melding.Regime {
		u.EigenNorm = true
		warn("ander_regime")
	}
	if t.Soort == term.ReactieAanbieder {
		u.Waarschuwingen = append(u.Waarschuwingen, m.Opgave.OnvolledigAntwoord()...)
	}
	return u, nil
}

// Eigenaar is who must do what t is about: the party it is of, or else the owner of
// its kind.
func (t MeldingTermijn) Eigenaar(k *term.Kalender) term.Eigenaar {
	switch t.Partij {
	case "":
		return k.Eigenaar(t.Soort)
	case "aanbieder":
		return term.VanAanbieder
	case "melder":
		return term.VanMelder
	}
	return term.VanBetrokkene
}

// OnvolledigAntwoord says what the answer of the provider lacks of what it must
// state (Wkkgz article 17, first paragraph): what was told to be not there.
func (o Opgave) OnvolledigAntwoord() []term.Sentence {
	if o.Antwoord == nil {
		return nil
	}
	var out []term.Sentence
	for _, part := range []struct{ said, key string }{
		{o.Antwoord.Oordeel, "oordeel"}, {o.Antwoord.Besluiten, "besluiten"}, {o.Antwoord.TermijnMaatregelen, "termijn"},
	} {
		if part.said == string(Nee) {
			out = append(out, term.Sentence{Key: "term.waarschuwing.antwoord_zonder_" + part.key})
		}
	}
	return out
}

// Mijlpaal is the ID of the happening that started t, empty when none did.
func (t MeldingTermijn) Mijlpaal() string {
	if t.Grond == GrondKlacht || t.Grond == GrondOntvangst {
		return ""
	}
	return t.Grond
}
