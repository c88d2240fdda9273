package term

// Bereken tells when a term ends, why, and how it stands. All that is wrong with
// the question comes back at once, and then there is no answer. Dates may lie on
// either side of Peildatum: they count as given.
func (k *Kalender) Bereken(b Berekening) (Uitkomst, []Fault) {
	v, faults := k.check(b)
	if len(faults) > 0 {
		return Uitkomst{}, faults
	}
	end := v.einde()
	u := Uitkomst{
		Soort: b.Soort, Titel: v.g.Titel, Eigenaar: v.g.Eigenaar, EigenNorm: v.g.EigenNorm, Start: b.Start,
		RuweEinddatum: end.ruw, Einddatum: end.eind, NadertVanaf: end.eind.AddDays(-v.g.NadertDagen),
		Verlenging: v.verlenging(), Verklaring: v.verklaring(),
		Bron: v.g.Bron, Waarschuwingen: v.waarschuwingen(),
	}
	u.Status, u.DagenResterend = v.stand()
	return u, nil
}

// einde is one end of a term: as it is counted, and where the act moves it.
type einde struct{ ruw, eind Date }

// verloop is a term on its way to its end: the end without an extension, and
// with it when there is an extension that counts.
type verloop struct {
	k        *Kalender
	g        *SoortGegevens
	b        Berekening
	basis    einde
	verlengd *einde
}

// verloop counts the term of b. The extended term is counted in one piece from
// the start, and moves once; an extension after the end, as moved, does not count.
func (k *Kalender) verloop(g *SoortGegevens, b Berekening) verloop {
	v := verloop{k: k, g: g, b: b, basis: k.einde(g, b.Start, g.Lengte)}
	if !b.VerlengdOp.IsZero() && g.Verlengbaar() && !b.VerlengdOp.After(v.basis.eind) {
		e := k.einde(g, b.Start, g.Lengte.plus(g.Verlenging))
		v.verlengd = &e
	}
	return v
}

// einde counts d from start; the start day itself does not count. A term that
// the act applies to does not end on a skipped day (article 1, first paragraph).
// The shortest such term is two weeks, so that article 2 adds nothing.
func (k *Kalender) einde(g *SoortGegevens, start Date, d Duur) einde {
	var raw Date
	switch d.Eenheid {
	case Weken:
		raw = start.AddDays(daysPerWeek * d.Aantal)
	case Maanden:
		raw = start.AddMonths(d.Aantal)
	case Werkdagen:
		raw = k.werkdagen(start, d.Aantal)
	}
	if !g.AlgemeneTermijnenwet {
		return einde{raw, raw}
	}
	return einde{raw, k.gewoneDag(raw)}
}

// zonderAfspraak is the end as the law has it, moved and validly extended.
func (v verloop) zonderAfspraak() einde {
	if v.verlengd != nil {
		return *v.verlengd
	}
	return v.basis
}

// einde is the end that counts. What was agreed does not move.
func (v verloop) einde() einde {
	if n := v.b.NadereTermijn; n != nil {
		return einde{n.Tot, n.Tot}
	}
	return v.zonderAfspraak()
}

func (v verloop) verlenging() *Verlenging {
	if v.b.VerlengdOp.IsZero() {
		return nil
	}
	key := "term.verlenging.te_laat"
	if v.verlengd != nil {
		key = "term.verlenging.op_tijd"
	}
	return &Verlenging{Geldig: v.verlengd != nil, Reden: zin(key, v.b.VerlengdOp, v.basis.eind)}
}

// stand is the status on the day asked for, and the days left.
func (v verloop) stand() (Status, *int) {
	end := v.einde().eind
	if !v.b.VoldaanOp.IsZero() {
		if v.b.VoldaanOp.After(end) {
			return TeLaatVoldaan, nil
		}
		return Voldaan, nil
	}
	left := v.b.Peildatum.DaysUntil(end)
	switch {
	case left < 0:
		return Verstreken, &left
	case left <= v.g.NadertDagen:
		return Nadert, &left
	default:
		return Lopend, &left
	}
}

// waarschuwingen tells what a person should look at: an agreement made after the
// term had ended, and an end in a year of which the decree days are not known.
func (v verloop) waarschuwingen() []Sentence {
	var w []Sentence
	if n := v.b.NadereTermijn; n != nil && n.AkkoordOp.After(v.zonderAfspraak().eind) {
		w = append(w, zin("term.waarschuwing.akkoord_na_einde", n.AkkoordOp, v.zonderAfspraak().eind))
	}
	end := v.einde()
	if v.g.telt() && (!v.k.bekend(end.ruw) || !v.k.bekend(end.eind)) {
		w = append(w, zin("term.waarschuwing.jaar_onbekend", v.k.van, v.k.tot))
	}
	return w
}

func zin(key string, args ...any) Sentence { return Sentence{Key: key, Args: args} }
