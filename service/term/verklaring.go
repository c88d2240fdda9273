package term

import "slices"

// verklaring tells every step from the start to the end, in order of date: where
// the count ends, each day that is skipped, the extension and the agreement.
func (v verloop) verklaring() []Stap {
	t := telling{v: v}
	t.step(v.b.Start, "term.stap.start", v.b.Start)
	t.count(v.b.Start, v.g.Lengte, v.basis)
	if !v.b.VerlengdOp.IsZero() && v.verlengd == nil {
		t.step(v.basis.eind, "term.verlenging.te_laat", v.b.VerlengdOp, v.basis.eind)
	}
	if v.verlengd != nil {
		t.step(v.basis.eind, "term.stap.einde_zonder_verlenging", v.basis.eind)
		t.step(v.b.VerlengdOp, "term.verlenging.op_tijd", v.b.VerlengdOp, v.basis.eind)
		t.count(v.basis.eind, v.g.Lengte.plus(v.g.Verlenging), *v.verlengd)
	}
	t.close()
	slices.SortStableFunc(t.steps, func(a, b Stap) int { return a.Datum.Compare(b.Datum) })
	return t.steps
}

// telling gathers the steps of an explanation.
type telling struct {
	v     verloop
	steps []Stap
}

func (t *telling) step(d Date, key string, args ...any) {
	t.steps = append(t.steps, Stap{Datum: d, Reden: zin(key, args...)})
}

// close tells where the term ends, and what was agreed about it.
func (t *telling) close() {
	end := t.v.zonderAfspraak().eind
	n := t.v.b.NadereTermijn
	if n == nil {
		t.step(end, "term.stap.einde", end)
		return
	}
	t.step(end, "term.stap.einde_zonder_afspraak", end)
	t.step(n.AkkoordOp, "term.stap.akkoord", n.AkkoordOp, n.Tot)
	t.step(n.Tot, "term.stap.einde_afspraak", n.Tot)
}

// count tells how d, counted from the start, comes to e. Working days up to and
// including told were told before.
func (t *telling) count(told Date, d Duur, e einde) {
	start := t.v.b.Start
	if d.Eenheid == Werkdagen {
		t.workingDays(told, d.Aantal, e.eind)
	}
	t.step(e.ruw, "term.stap.telling."+d.zinsleutel(), d.Aantal, e.ruw)
	if d.Eenheid == Maanden && e.ruw.Day() != start.Day() {
		t.step(e.ruw, "term.stap.kortere_maand", start.Day(), e.ruw)
	}
	if d.Eenheid == Werkdagen {
		return
	}
	if !t.v.g.AlgemeneTermijnenwet {
		t.step(e.ruw, "term.stap.vast")
		return
	}
	for day := e.ruw; day != e.eind; day = day.AddDays(1) {
		naam, _ := t.v.k.OvergeslagenDag(day)
		t.step(day, "term.stap.vrije_dag", day, naam)
	}
	if e.eind != e.ruw {
		t.step(e.eind, "term.stap.verschoven", e.eind)
	}
}

// workingDays tells of each day after the start whether it counts.
func (t *telling) workingDays(told Date, n int, end Date) {
	counted := 0
	for day := t.v.b.Start.AddDays(1); !day.After(end); day = day.AddDays(1) {
		naam, skipped := t.v.k.OvergeslagenDag(day)
		if !skipped {
			counted++
		}
		switch {
		case !day.After(told):
		case skipped:
			t.step(day, "term.stap.geen_werkdag", day, naam)
		default:
			t.step(day, "term.stap.werkdag", counted, n, day)
		}
	}
}

// zinsleutel is the last part of the key of a sentence about a length: the unit,
// in the singular for one.
func (d Duur) zinsleutel() string {
	if d.Aantal == 1 {
		return string(d.Eenheid) + "_een"
	}
	return string(d.Eenheid)
}
