package domain

import "zorgmeldingen.nl/lmz-triage/service/term"

// klachtVeld is the path of the complaint at the provider.
const klachtVeld = "melding.klachtBijAanbieder"

// klachtDatums reads the complaint at the provider.
func (r *reader) klachtDatums(a *AanvraagKlacht) *KlachtBijAanbieder {
	if a == nil {
		return nil
	}
	if a.IngediendOp == nil {
		r.misread(klachtVeld+".ingediendOp", "verplicht")
	}
	return &KlachtBijAanbieder{
		IngediendOp:            r.date(klachtVeld+".ingediendOp", a.IngediendOp),
		VerlengdOp:             r.date(klachtVeld+".verlengdOp", a.VerlengdOp),
		NadereTermijnTot:       r.date(klachtVeld+".nadereTermijnTot", a.NadereTermijnTot),
		NadereTermijnAkkoordOp: r.date(klachtVeld+".nadereTermijnAkkoordOp", a.NadereTermijnAkkoordOp),
		AntwoordOp:             r.date(klachtVeld+".antwoordOp", a.AntwoordOp),
		AntwoordVoldoende:      or(a.AntwoordVoldoende, string(Onbekend)),
	}
}

// klacht holds the dates of a complaint against each other and, under the Wkkgz,
// against its term, which it gives.
func (r *reader) klacht(k KlachtBijAanbieder, regime string, peildatum term.Date) *Reactietermijn {
	for _, f := range []struct {
		name      string
		day       term.Date
		mayFuture bool
	}{
		{"ingediendOp", k.IngediendOp, false},
		{"verlengdOp", k.VerlengdOp, false},
		{"nadereTermijnTot", k.NadereTermijnTot, true},
		{"nadereTermijnAkkoordOp", k.NadereTermijnAkkoordOp, false},
		{"antwoordOp", k.AntwoordOp, false},
	} {
		field := klachtVeld + "." + f.name
		switch {
		case f.day.IsZero():
		case !k.IngediendOp.IsZero() && f.day.Before(k.IngediendOp):
			r.fault(field, "voor_klacht", nil, klachtVeld+".ingediendOp")
		case !f.mayFuture && f.day.After(peildatum):
			r.fault(field, "na_peildatum", nil, "peildatum")
		}
	}
	r.nadereTermijn(k)
	if k.AntwoordOp.IsZero() && k.AntwoordVoldoende != string(Onbekend) {
		r.fault(klachtVeld+".antwoordVoldoende", "zonder_antwoord", nil, klachtVeld+".antwoordOp")
	}
	if regime != "wkkgz" || k.IngediendOp.IsZero() {
		return nil
	}
	return r.reactietermijn(k, peildatum)
}

// nadereTermijn holds the two dates of an agreement against each other.
func (r *reader) nadereTermijn(k KlachtBijAanbieder) {
	const (
		tot     = klachtVeld + ".nadereTermijnTot"
		akkoord = klachtVeld + ".nadereTermijnAkkoordOp"
	)
	switch {
	case k.NadereTermijnTot.IsZero() == k.NadereTermijnAkkoordOp.IsZero():
		if k.NadereTermijnAkkoordOp.After(k.NadereTermijnTot) {
			r.fault(akkoord, "akkoord_na_tot", nil, tot)
		}
	case k.NadereTermijnTot.IsZero():
		r.fault(tot, "nadere_termijn_half", nil, akkoord)
	default:
		r.fault(akkoord, "nadere_termijn_half", nil, tot)
	}
}

// reactietermijn computes the term of Wkkgz article 17. What the calculation
// refuses is refused here, under the names of the fields of the complaint.
func (r *reader) reactietermijn(k KlachtBijAanbieder, peildatum term.Date) *Reactietermijn {
	t := k.termijn()
	t.VoldaanOp = term.Date{}
	b := t.Berekening(peildatum)
	if !k.NadereTermijnTot.IsZero() || !k.NadereTermijnAkkoordOp.IsZero() {
		b.NadereTermijn = &term.NadereTermijn{Tot: k.NadereTermijnTot, AkkoordOp: k.NadereTermijnAkkoordOp}
	}
	out, faults := r.calendar.Bereken(b)
	if r.bewaard {
		out, faults = t.Reken(r.calendar, peildatum)
	}
	names := map[string]string{
		"start": "ingediendOp", "verlengdOp": "verlengdOp", "nadereTermijn": "nadereTermijnTot",
		"nadereTermijn.tot": "nadereTermijnTot", "nadereTermijn.akkoordOp": "nadereTermijnAkkoordOp",
	}
	for _, f := range faults {
		if f.Code == term.GebrekAkkoordNaTot || f.Code == term.GebrekHalveTermijn {
			continue // refused under every regime, by nadereTermijn
		}
		if name, ok := names[f.Field]; ok {
			r.once(klachtVeld+"."+name, f)
		}
	}
	if len(faults) > 0 {
		return nil
	}
	return &Reactietermijn{Einddatum: out.Einddatum, Verstreken: peildatum.After(out.Einddatum)}
}

// once takes over a fault of the calculation on a field that has none yet: the
// rules above say the same of the order of dates. What the calculation rests on
// is the regime, under which there is a term, its start and its extension.
func (r *reader) once(field string, f term.Fault) {
	for _, known := range r.faults {
		if known.Field == field {
			return
		}
	}
	r.fault(field, f.Code, f.Args, "melding.regime", klachtVeld+".ingediendOp", klachtVeld+".verlengdOp")
}
