package policy

import (
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
	form{w}.invoer(in)
	w.end()
	return w.buf
}

// FactsOf gives what ReadFacts reads in the canonical input of in.
func FactsOf(in domain.TriageInvoer) Facts {
	t := &nested{open: []map[string]any{{}}}
	form{t}.invoer(in)
	return Facts{t.open[0]}
}

// form writes an input field by field: the one place that says how it looks.
type form struct{ sink }

func (f form) optional(name, value string) {
	if value != "" {
		f.code(name, value)
	}
}

func (f form) date(name string, d term.Date) { f.optional(name, d.String()) }

func (f form) count(name string, n int) {
	f.number(name, strconv.AppendInt(make([]byte, 0, 20), int64(n), 10))
}

func (f form) invoer(in domain.TriageInvoer) {
	f.date("peildatum", in.Peildatum)
	f.object("melding")
	f.melding(in.Melding)
	f.end()
	if in.Aanbieder != nil {
		f.object("aanbieder")
		f.aanbieder(*in.Aanbieder)
		f.end()
	}
	f.object("afgeleid")
	f.afgeleid(in.Afgeleid)
	f.end()
}

func (f form) melding(m domain.MeldingFeiten) {
	f.code("soort", m.Soort)
	f.date("ontvangstdatum", m.Ontvangstdatum)
	f.code("regime", m.Regime)
	f.code("sector", m.Sector)
	f.code("hoedanigheid", m.Hoedanigheid)
	f.code("anonimiteit", m.Anonimiteit)
	f.object("gebeurtenis")
	f.gebeurtenis(m.Gebeurtenis)
	f.end()
	f.object("feiten")
	f.feiten(m.Feiten)
	f.end()
	f.object("toestemming")
	f.code("inspecteur", m.Toestemming.Inspecteur)
	f.code("aanbieder", m.Toestemming.Aanbieder)
	f.end()
	if m.KlachtBijAanbieder != nil {
		f.object("klachtBijAanbieder")
		f.klacht(*m.KlachtBijAanbieder)
		f.end()
	}
}

func (f form) gebeurtenis(g domain.Gebeurtenis) {
	f.date("van", g.Van)
	f.date("tot", g.Tot)
	f.flag("voortdurend", g.Voortdurend)
}

func (f form) feiten(m domain.Feiten) {
	f.code("bedreiging", m.Bedreiging)
	f.code("bedreigingActueel", m.BedreigingActueel)
	f.code("schade", m.Schade)
	f.code("schadeDoorZorg", m.SchadeDoorZorg)
	f.code("geweld", m.Geweld)
	f.code("directeMaatregelen", m.DirecteMaatregelen)
	f.code("calamiteitGemeld", m.CalamiteitGemeld)
	f.code("belangGoedeZorg", m.BelangGoedeZorg)
	f.code("noodzaakOndanksOuderdom", m.NoodzaakOndanksOuderdom)
	f.code("eerderOnderzocht", m.EerderOnderzocht)
	f.optional("andereProcedure", m.AndereProcedure)
	f.codes("klachtplichtGebreken", m.KlachtplichtGebreken)
}

func (f form) klacht(k domain.KlachtBijAanbieder) {
	f.date("ingediendOp", k.IngediendOp)
	f.date("verlengdOp", k.VerlengdOp)
	f.date("nadereTermijnTot", k.NadereTermijnTot)
	f.date("nadereTermijnAkkoordOp", k.NadereTermijnAkkoordOp)
	f.date("antwoordOp", k.AntwoordOp)
	f.code("antwoordVoldoende", k.AntwoordVoldoende)
}

func (f form) aanbieder(a domain.AanbiederFeiten) {
	if a.ID != "" {
		f.text("id", a.ID)
	}
	if s := a.Signalen; s != nil {
		f.object("signalen")
		f.count("aantal30", s.Aantal30)
		f.count("aantal90", s.Aantal90)
		f.count("aantal365", s.Aantal365)
		f.count("aantalVorigJaar", s.AantalVorigJaar)
		f.count("ernstig365", s.Ernstig365)
		f.number("overschrijdingskans", strconv.AppendFloat(make([]byte, 0, 24), s.Overschrijdingskans, 'g', -1, 64))
		f.end()
	}
}

func (f form) afgeleid(a domain.Afgeleid) {
	if r := a.Reactietermijn; r != nil {
		f.object("reactietermijn")
		f.date("einddatum", r.Einddatum)
		f.flag("verstreken", r.Verstreken)
		f.end()
	}
	if a.JarenVerstreken != nil {
		f.count("jarenVerstreken", *a.JarenVerstreken)
	}
}
