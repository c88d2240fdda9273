package policy

import (
	"encoding/json"
	"strconv"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// EncodeInput gives the canonical policy input of in: compact JSON with every
// default filled in and its fields always in the same order, so that the same
// question is the same bytes.
func EncodeInput(in domain.TriageInvoer) []byte {
	w := &writer{buf: make([]byte, 0, 1024)}
	w.raw("{")
	w.date("peildatum", in.Peildatum)
	w.key("melding")
	w.melding(in.Melding)
	if in.Aanbieder != nil {
		w.key("aanbieder")
		w.aanbieder(*in.Aanbieder)
	}
	w.key("afgeleid")
	w.afgeleid(in.Afgeleid)
	w.raw("}")
	return w.buf
}

// writer appends JSON; key puts the comma where one is needed.
type writer struct{ buf []byte }

func (w *writer) raw(s string) { w.buf = append(w.buf, s...) }

func (w *writer) key(name string) {
	if last := w.buf[len(w.buf)-1]; last != '{' && last != '[' {
		w.raw(",")
	}
	w.buf = append(w.buf, '"')
	w.raw(name)
	w.raw(`":`)
}

// text writes a value that may hold anything: the id a caller gave.
func (w *writer) text(name, value string) {
	w.key(name)
	quoted, err := json.Marshal(value)
	if err != nil { // a Go string always has a JSON form
		quoted = []byte(`""`)
	}
	w.buf = append(w.buf, quoted...)
}

// code writes a value from a closed set, which needs no escaping.
func (w *writer) code(name, value string) {
	w.key(name)
	w.buf = append(w.buf, '"')
	w.raw(value)
	w.buf = append(w.buf, '"')
}

func (w *writer) optional(name, value string) {
	if value != "" {
		w.code(name, value)
	}
}

func (w *writer) date(name string, d term.Date) { w.optional(name, d.String()) }

func (w *writer) number(name string, n int) {
	w.key(name)
	w.buf = strconv.AppendInt(w.buf, int64(n), 10)
}

func (w *writer) flag(name string, b bool) {
	w.key(name)
	w.buf = strconv.AppendBool(w.buf, b)
}

func (w *writer) melding(m domain.MeldingFeiten) {
	w.raw("{")
	w.code("soort", m.Soort)
	w.date("ontvangstdatum", m.Ontvangstdatum)
	w.code("regime", m.Regime)
	w.code("sector", m.Sector)
	w.code("hoedanigheid", m.Hoedanigheid)
	w.code("anonimiteit", m.Anonimiteit)
	w.key("gebeurtenis")
	w.gebeurtenis(m.Gebeurtenis)
	w.key("feiten")
	w.feiten(m.Feiten)
	w.key("toestemming")
	w.raw("{")
	w.code("inspecteur", m.Toestemming.Inspecteur)
	w.code("aanbieder", m.Toestemming.Aanbieder)
	w.raw("}")
	if m.KlachtBijAanbieder != nil {
		w.key("klachtBijAanbieder")
		w.klacht(*m.KlachtBijAanbieder)
	}
	w.raw("}")
}

func (w *writer) gebeurtenis(g domain.Gebeurtenis) {
	w.raw("{")
	w.date("van", g.Van)
	w.date("tot", g.Tot)
	w.flag("voortdurend", g.Voortdurend)
	w.raw("}")
}

func (w *writer) feiten(f domain.Feiten) {
	w.raw("{")
	w.code("bedreiging", f.Bedreiging)
	w.code("bedreigingActueel", f.BedreigingActueel)
	w.code("schade", f.Schade)
	w.code("schadeDoorZorg", f.SchadeDoorZorg)
	w.code("geweld", f.Geweld)
	w.code("directeMaatregelen", f.DirecteMaatregelen)
	w.code("calamiteitGemeld", f.CalamiteitGemeld)
	w.code("belangGoedeZorg", f.BelangGoedeZorg)
	w.code("noodzaakOndanksOuderdom", f.NoodzaakOndanksOuderdom)
	w.code("eerderOnderzocht", f.EerderOnderzocht)
	w.optional("andereProcedure", f.AndereProcedure)
	w.key("klachtplichtGebreken")
	w.raw("[")
	for i, g := range f.KlachtplichtGebreken {
		if i > 0 {
			w.raw(",")
		}
		w.raw(`"` + g + `"`)
	}
	w.raw("]}")
}

func (w *writer) klacht(k domain.KlachtBijAanbieder) {
	w.raw("{")
	w.date("ingediendOp", k.IngediendOp)
	w.date("verlengdOp", k.VerlengdOp)
	w.date("nadereTermijnTot", k.NadereTermijnTot)
	w.date("nadereTermijnAkkoordOp", k.NadereTermijnAkkoordOp)
	w.date("antwoordOp", k.AntwoordOp)
	w.code("antwoordVoldoende", k.AntwoordVoldoende)
	w.raw("}")
}

func (w *writer) aanbieder(a domain.AanbiederFeiten) {
	w.raw("{")
	if a.ID != "" {
		w.text("id", a.ID)
	}
	if s := a.Signalen; s != nil {
		w.key("signalen")
		w.raw("{")
		w.number("aantal30", s.Aantal30)
		w.number("aantal90", s.Aantal90)
		w.number("aantal365", s.Aantal365)
		w.number("aantalVorigJaar", s.AantalVorigJaar)
		w.number("ernstig365", s.Ernstig365)
		w.key("overschrijdingskans")
		w.buf = strconv.AppendFloat(w.buf, s.Overschrijdingskans, 'g', -1, 64)
		w.raw("}")
	}
	w.raw("}")
}

func (w *writer) afgeleid(a domain.Afgeleid) {
	w.raw("{")
	if r := a.Reactietermijn; r != nil {
		w.key("reactietermijn")
		w.raw("{")
		w.date("einddatum", r.Einddatum)
		w.flag("verstreken", r.Verstreken)
		w.raw("}")
	}
	if a.JarenVerstreken != nil {
		w.number("jarenVerstreken", *a.JarenVerstreken)
	}
	w.raw("}")
}
