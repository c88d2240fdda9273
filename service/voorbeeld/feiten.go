package voorbeeld

import (
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// asked are the facts that are asked of a melder.
const asked = 7

// feiten makes up the facts: of 30 in 100 meldingen three or more are not known,
// of 4 none is.
func (m *maker) feiten(o *domain.Opgave, day term.Date) {
	f := &o.Melding.Feiten
	known := m.known()
	set := func(n int, to **string, from []share) {
		if value := m.draw(from); known[n] {
			*to = &value
		}
	}
	set(0, &f.Bedreiging, []share{{"nee", 86}, {"mogelijk", 9}, {"ja", 5}})
	set(1, &f.BedreigingActueel, []share{{"nee", 90}, {"ja", 10}})
	set(2, &f.Schade, []share{{"geen", 48}, {"licht", 34}, {"ernstig_lichamelijk", 9}, {"ernstig_psychisch", 6}, {"overleden", 3}})
	set(3, &f.SchadeDoorZorg, []share{{"nee", 40}, {"mogelijk", 35}, {"ja", 25}})
	set(4, &f.Geweld, []share{{"nee", 97}, {"ja", 3}})
	set(5, &f.DirecteMaatregelen, []share{{"nee", 98}, {"ja", 2}})
	set(6, &f.CalamiteitGemeld, []share{{"nee", 30}, {"ja", 25}, {"onbekend", 45}})
	if known[asked-1] {
		o.Melding.Gebeurtenis = m.gebeurtenis(day)
	}
	if m.percent(2) {
		f.BelangGoedeZorg, o.Redenen = ptr("ja"), map[string]string{"belangGoedeZorg": "Dit past bij eerdere signalen over deze aanbieder."}
	}
	if m.percent(2) {
		f.EerderOnderzocht = ptr("ja")
	}
	if m.percent(3) {
		f.AndereProcedure = ptr(m.one([]string{"tuchtrecht", "wvggz", "om", "anders"}))
	}
	if m.percent(3) {
		f.KlachtplichtGebreken = []string{m.one([]string{"art13", "art15", "art18", "art23"})}
	}
}

// known draws which of the facts that are asked are known.
func (m *maker) known() [asked]bool {
	unknown := m.r.IntN(3)
	switch at := m.r.IntN(100); {
	case at < 4:
		unknown = asked
	case at < 31:
		unknown = 3 + m.r.IntN(3)
	}
	var out [asked]bool
	for _, n := range m.r.Perm(asked)[unknown:] {
		out[n] = true
	}
	return out
}

func (m *maker) gebeurtenis(day term.Date) *domain.AanvraagGebeurtenis {
	yes := true
	from := day.AddDays(-m.r.IntN(200))
	switch at := m.r.IntN(100); {
	case at < 8:
		return &domain.AanvraagGebeurtenis{Van: ptr(from.String()), Voortdurend: &yes}
	case at < 18:
		from = day.AddYears(-2).AddDays(-1 - m.r.IntN(700))
	case at < 30:
		month := from.String()[:len("2024-03")]
		return &domain.AanvraagGebeurtenis{Van: &month, Tot: &month}
	}
	return &domain.AanvraagGebeurtenis{Van: ptr(from.String()), Tot: ptr(from.String())}
}

// klacht makes up the complaint at the provider: answered in time, late, after an
// extension, or not at all.
func (m *maker) klacht(day term.Date) *domain.AanvraagKlacht {
	made := day.AddDays(-m.r.IntN(60))
	k := &domain.AanvraagKlacht{IngediendOp: ptr(made.String())}
	past := func(days int) *string {
		d := made.AddDays(days)
		if d.After(m.today) {
			return nil
		}
		return ptr(d.String())
	}
	answered := 0
	switch at := m.r.IntN(100); {
	case at < 40:
		answered = 10 + m.r.IntN(30)
	case at < 55:
		answered = 45 + m.r.IntN(40)
	case at < 70:
		k.VerlengdOp, answered = past(25+m.r.IntN(16)), 45+m.r.IntN(24)
	case at < 80:
		k.VerlengdOp = past(25 + m.r.IntN(16))
	}
	if answered > 0 {
		if k.AntwoordOp = past(answered); k.AntwoordOp != nil {
			k.AntwoordVoldoende = ptr(m.draw([]share{{"ja", 45}, {"nee", 40}, {"onbekend", 15}}))
		}
	}
	return k
}
