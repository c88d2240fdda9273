package vorm

import (
	"zorgmeldingen.nl/lmz-triage/service/domain"
)

func (l *lezer) opgave() domain.Opgave {
	l.open()
	o := domain.Opgave{
		Kanaal: l.tekst("Kanaal"), Onderwerp: l.tekst("Onderwerp"), Omschrijving: l.tekst("Omschrijving"), Aard: l.tekst("Aard"),
		Klantkenmerk: l.tekst("Klantkenmerk"), Melding: deel(l, "Melding", (*lezer).aanvraag), Redenen: deel(l, "Redenen", (*lezer).teksten),
		Antwoord: ref(l, "Antwoord", (*lezer).antwoord), Aanbieder: ref(l, "Aanbieder", (*lezer).aanbieder), Melder: ref(l, "Melder", (*lezer).melder),
	}
	l.dicht()
	return o
}

func (l *lezer) aanvraag() domain.AanvraagMelding {
	l.open()
	a := domain.AanvraagMelding{
		Soort: l.refTekst("Soort"), Ontvangstdatum: l.refTekst("Ontvangstdatum"), Regime: l.refTekst("Regime"), Sector: l.refTekst("Sector"),
		Hoedanigheid: l.refTekst("Hoedanigheid"), Anonimiteit: l.refTekst("Anonimiteit"),
		Gebeurtenis: ref(l, "Gebeurtenis", (*lezer).gebeurtenis), Feiten: deel(l, "Feiten", (*lezer).feiten),
		Toestemming: deel(l, "Toestemming", (*lezer).toestemming), KlachtBijAanbieder: ref(l, "KlachtBijAanbieder", (*lezer).klacht),
	}
	l.dicht()
	return a
}

func (l *lezer) gebeurtenis() domain.AanvraagGebeurtenis {
	l.open()
	g := domain.AanvraagGebeurtenis{Van: l.refTekst("Van"), Tot: l.refTekst("Tot"), Voortdurend: ref(l, "Voortdurend", (*lezer).bool)}
	l.dicht()
	return g
}

func (l *lezer) feiten() domain.AanvraagFeiten {
	l.open()
	f := domain.AanvraagFeiten{
		Bedreiging: l.refTekst("Bedreiging"), BedreigingActueel: l.refTekst("BedreigingActueel"), Schade: l.refTekst("Schade"),
		SchadeDoorZorg: l.refTekst("SchadeDoorZorg"), Geweld: l.refTekst("Geweld"), DirecteMaatregelen: l.refTekst("DirecteMaatregelen"),
		CalamiteitGemeld: l.refTekst("CalamiteitGemeld"), BelangGoedeZorg: l.refTekst("BelangGoedeZorg"),
		NoodzaakOndanksOuderdom: l.refTekst("NoodzaakOndanksOuderdom"), EerderOnderzocht: l.refTekst("EerderOnderzocht"),
		AndereProcedure: l.refTekst("AndereProcedure"), KlachtplichtGebreken: lijst(l, "KlachtplichtGebreken", 4, (*lezer).string),
	}
	l.dicht()
	return f
}

func (l *lezer) toestemming() domain.AanvraagToestemming {
	l.open()
	t := domain.AanvraagToestemming{Inspecteur: l.refTekst("Inspecteur"), Aanbieder: l.refTekst("Aanbieder")}
	l.dicht()
	return t
}

func (l *lezer) klacht() domain.AanvraagKlacht {
	l.open()
	k := domain.AanvraagKlacht{
		IngediendOp: l.refTekst("IngediendOp"), VerlengdOp: l.refTekst("VerlengdOp"), NadereTermijnTot: l.refTekst("NadereTermijnTot"),
		NadereTermijnAkkoordOp: l.refTekst("NadereTermijnAkkoordOp"), AntwoordOp: l.refTekst("AntwoordOp"), AntwoordVoldoende: l.refTekst("AntwoordVoldoende"),
	}
	l.dicht()
	return k
}

func (l *lezer) antwoord() domain.AntwoordOpgave {
	l.open()
	a := domain.AntwoordOpgave{
		Oordeel: l.tekst("Oordeel"), Besluiten: l.tekst("Besluiten"), TermijnMaatregelen: l.tekst("TermijnMaatregelen"), EigenTermijnTot: l.tekst("EigenTermijnTot"),
	}
	l.dicht()
	return a
}

func (l *lezer) aanbieder() domain.AanbiederOpgave {
	l.open()
	a := domain.AanbiederOpgave{
		ID: l.tekst("ID"), Naam: l.tekst("Naam"), Plaats: l.tekst("Plaats"), KvkNummer: l.tekst("KvkNummer"),
		Vestigingsnummer: l.tekst("Vestigingsnummer"), AgbCode: l.tekst("AgbCode"),
	}
	l.dicht()
	return a
}

func (l *lezer) melder() domain.Melder {
	l.open()
	m := domain.Melder{
		Naam: l.tekst("Naam"), EMail: l.tekst("EMail"), Telefoon: l.tekst("Telefoon"), Adres: l.tekst("Adres"), Geboortedatum: l.tekst("Geboortedatum"),
	}
	l.dicht()
	return m
}
