package domain

import "zorgmeldingen.nl/lmz-triage/service/term"

// verlengt checks an extension of, or an agreement on, the term that p names.
func (r *reader) verlengt(l *loop, p Mijlpaal) {
	t := l.laatste(p.Termijn, "")
	if t == nil || !t.Open() {
		r.fault("termijn", "mijlpaal_geen_termijn", nil)
		return
	}
	now := *t
	l.reken(&now)
	switch {
	case p.Soort == TermijnVerlengd && !t.VerlengdOp.IsZero():
		r.fault("soort", "mijlpaal_al_geweest", []any{t.VerlengdOp})
		return
	case p.Soort == TermijnVerlengd && p.Datum.After(now.Einddatum) && !now.Einddatum.IsZero():
		r.fault("datum", "mijlpaal_verlenging_te_laat", []any{now.Einddatum})
	case p.Soort == NadereTermijnAfgesproken && p.Tot.After(t.Start.AddMonths(12*langsteAfspraak)):
		r.fault("tot", "mijlpaal_te_ver", []any{langsteAfspraak})
	case p.Soort == NadereTermijnAfgesproken && !t.NadereTermijnTot.IsZero() && !p.Tot.After(t.NadereTermijnTot):
		r.fault("tot", term.GebrekNietNaEinde, []any{t.NadereTermijnTot})
		return
	}
	if p.Soort == TermijnVerlengd {
		now.VerlengdOp = p.Datum
	} else {
		now.NadereTermijnTot, now.NadereAkkoord = p.Tot, p.Datum
	}
	r.berekend(l.k.Bereken(now.Berekening(t.Start)))
}

// berekend takes over what the calculation refuses, under the names of the fields
// of a happening.
func (r *reader) berekend(_ term.Uitkomst, faults []term.Fault) {
	names := map[string]string{"verlengdOp": "datum", "nadereTermijn": "tot", "nadereTermijn.tot": "tot", "nadereTermijn.akkoordOp": "datum"}
	for _, f := range faults {
		name := names[f.Field]
		if f.Code == term.GebrekGeenVerlenging || f.Code == term.GebrekGeenNadereTermijn {
			name = "termijn"
		}
		if name != "" {
			r.fault(name, f.Code, f.Args)
		}
	}
}
