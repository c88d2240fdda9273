package domain

// OnbekendeFeiten lists the askable facts of t that are not known, in the order
// in which they are asked.
func (t TriageInvoer) OnbekendeFeiten() []VraagbaarFeit {
	var out []VraagbaarFeit
	for _, f := range VraagbareFeiten() {
		if f.Veld == VeldGebeurtenis && t.Melding.Gebeurtenis.Onbekend() {
			out = append(out, f)
		}
		if value := t.feit(f.Veld); value != nil && *value == string(Onbekend) {
			out = append(out, f)
		}
	}
	return out
}

// MetFeit gives t with another value for the askable fact at veld, which is not
// the event.
func (t TriageInvoer) MetFeit(veld, waarde string) TriageInvoer {
	if f := t.feit(veld); f != nil {
		*f = waarde
	}
	return t
}

// feit is the place in t of the askable fact at veld, nil for any other path.
func (t *TriageInvoer) feit(veld string) *string {
	f := &t.Melding.Feiten
	switch veld {
	case "melding.feiten.bedreiging":
		return &f.Bedreiging
	case "melding.feiten.bedreigingActueel":
		return &f.BedreigingActueel
	case "melding.feiten.directeMaatregelen":
		return &f.DirecteMaatregelen
	case "melding.feiten.geweld":
		return &f.Geweld
	case "melding.feiten.schade":
		return &f.Schade
	case "melding.feiten.schadeDoorZorg":
		return &f.SchadeDoorZorg
	}
	return nil
}

// GebeurtenisGevallen are the two ways an event of which nothing is known can
// turn out: on the day of receipt, or three years before it.
func (t TriageInvoer) GebeurtenisGevallen() []Gebeurtenis {
	received := t.Melding.Ontvangstdatum
	long := received.AddYears(-3)
	return []Gebeurtenis{{Van: received, Tot: received}, {Van: long, Tot: long}}
}

// MetGebeurtenis gives t with another event, and what is derived from it.
func (t TriageInvoer) MetGebeurtenis(g Gebeurtenis) TriageInvoer {
	t.Melding.Gebeurtenis = g
	t.Afgeleid.JarenVerstreken = nil
	if end := g.Einde(); !end.IsZero() {
		years := 0
		for end.AddYears(years + 1).Before(t.Melding.Ontvangstdatum) {
			years++
		}
		t.Afgeleid.JarenVerstreken = &years
	}
	return t
}
