package domain

import (
	"maps"
	"slices"
	"strings"
)

// Verschil lists the fields in which now differs from old, by path. Values stand
// there for codes and dates; free text and what is personal is named alone.
func Verschil(old, now Opgave) []VeldWijziging {
	before, after := velden(old), velden(now)
	paths := maps.Clone(before)
	maps.Copy(paths, after)
	out := []VeldWijziging{}
	for _, p := range slices.Sorted(maps.Keys(paths)) {
		w := VeldWijziging{Veld: p, Van: before[p], Naar: after[p]}
		if w.Van == w.Naar {
			continue
		}
		if vertrouwelijk(p) {
			w.Van, w.Naar = "", ""
		}
		out = append(out, w)
	}
	return out
}

// vertrouwelijk reports that the value of the field at path is free text or
// personal.
func vertrouwelijk(path string) bool {
	return path == "onderwerp" || path == "omschrijving" || path == "aard" || path == "klantkenmerk" ||
		strings.HasPrefix(path, "melder.") || strings.HasPrefix(path, "redenen.") || strings.HasPrefix(path, "aanbieder.")
}

// velden gives every field of o that is there.
func velden(o Opgave) map[string]string {
	out := map[string]string{}
	put := func(path, value string) {
		if value != "" {
			out[path] = value
		}
	}
	put("kanaal", o.Kanaal)
	put("onderwerp", o.Onderwerp)
	put("omschrijving", o.Omschrijving)
	put("aard", o.Aard)
	put("klantkenmerk", o.Klantkenmerk)
	for fact, why := range o.Redenen {
		put("redenen."+fact, why)
	}
	if a := o.Aanbieder; a != nil {
		put("aanbieder.id", a.ID)
		put("aanbieder.naam", a.Naam)
		put("aanbieder.plaats", a.Plaats)
		put("aanbieder.kvkNummer", a.KvkNummer)
		put("aanbieder.vestigingsnummer", a.Vestigingsnummer)
		put("aanbieder.agbCode", a.AgbCode)
	}
	if m := o.Melder; m != nil {
		put("melder.naam", m.Naam)
		put("melder.eMail", m.EMail)
		put("melder.telefoon", m.Telefoon)
		put("melder.adres", m.Adres)
		put("melder.geboortedatum", m.Geboortedatum)
	}
	if a := o.Antwoord; a != nil {
		put("klachtBijAanbieder.antwoordBevat.oordeel", a.Oordeel)
		put("klachtBijAanbieder.antwoordBevat.besluiten", a.Besluiten)
		put("klachtBijAanbieder.antwoordBevat.termijnMaatregelen", a.TermijnMaatregelen)
		put("klachtBijAanbieder.eigenTermijnTot", a.EigenTermijnTot)
	}
	feitVelden(o.Melding, put)
	return out
}

func feitVelden(m AanvraagMelding, put func(path, value string)) {
	f := m.Feiten
	for path, value := range map[string]*string{
		"soort": m.Soort, "ontvangstdatum": m.Ontvangstdatum, "regime": m.Regime, "sector": m.Sector,
		"hoedanigheid": m.Hoedanigheid, "anonimiteit": m.Anonimiteit,
		"toestemming.inspecteur": m.Toestemming.Inspecteur, "toestemming.aanbieder": m.Toestemming.Aanbieder,
		"feiten.bedreiging": f.Bedreiging, "feiten.bedreigingActueel": f.BedreigingActueel, "feiten.schade": f.Schade,
		"feiten.schadeDoorZorg": f.SchadeDoorZorg, "feiten.geweld": f.Geweld, "feiten.directeMaatregelen": f.DirecteMaatregelen,
		"feiten.calamiteitGemeld": f.CalamiteitGemeld, "feiten.belangGoedeZorg": f.BelangGoedeZorg,
		"feiten.noodzaakOndanksOuderdom": f.NoodzaakOndanksOuderdom, "feiten.eerderOnderzocht": f.EerderOnderzocht,
		"feiten.andereProcedure": f.AndereProcedure,
	} {
		put(path, or(value, ""))
	}
	put("feiten.klachtplichtGebreken", strings.Join(f.KlachtplichtGebreken, ", "))
	if g := m.Gebeurtenis; g != nil {
		put("gebeurtenis.van", or(g.Van, ""))
		put("gebeurtenis.tot", or(g.Tot, ""))
		if g.Voortdurend != nil && *g.Voortdurend {
			put("gebeurtenis.voortdurend", string(Ja))
		}
	}
	if k := m.KlachtBijAanbieder; k != nil {
		put("klachtBijAanbieder.ingediendOp", or(k.IngediendOp, ""))
		put("klachtBijAanbieder.verlengdOp", or(k.VerlengdOp, ""))
		put("klachtBijAanbieder.nadereTermijnTot", or(k.NadereTermijnTot, ""))
		put("klachtBijAanbieder.nadereTermijnAkkoordOp", or(k.NadereTermijnAkkoordOp, ""))
		put("klachtBijAanbieder.antwoordOp", or(k.AntwoordOp, ""))
		put("klachtBijAanbieder.antwoordVoldoende", or(k.AntwoordVoldoende, ""))
	}
}
