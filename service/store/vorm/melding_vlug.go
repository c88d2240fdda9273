package vorm

import (
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Each function here reads what encoding its row writes: the same names in the same order,
// as Go evaluates the calls in a literal from the first to the last.

// vlug gives what DecodeMelding does, when text is as EncodeMelding writes it.
func vlug(text string) (domain.Melding, bool) {
	l := &lezer{text: text}
	m := l.melding()
	return m, !l.fout && l.at == len(text)
}

func (l *lezer) melding() domain.Melding {
	l.open()
	m := domain.Melding{
		Versie: int(l.getal("versie")), OntvangenOp: Moment(l.getal("ontvangenOp")), GewijzigdOp: Moment(l.getal("gewijzigdOp")),
		Status: domain.MeldingStatus(l.tekst("status")), Opgave: deel(l, "opgave", (*lezer).opgave), Dag: l.dag("dag"),
		Sector: l.tekst("sector"), AanbiederID: l.tekst("aanbieder"), Behandelaar: l.tekst("behandelaar"),
		Advies: of(l, "advies", noAdvies(), (*lezer).advies), Eerdere: lijst(l, "eerdere", 2, (*lezer).advies),
		Termijnen: lijst(l, "termijnen", 2, (*lezer).termijn), Mijlpalen: lijst(l, "mijlpalen", 2, (*lezer).mijlpaal),
		Alarmen: lijst(l, "alarmen", 2, (*lezer).alarm), Kalender: int(l.getal("kalender")),
		Geschiedenis: lijst(l, "geschiedenis", 4, (*lezer).voorval),
	}
	l.dicht()
	return m
}

// noAdvies is what a melding is read with that has none.
func noAdvies() domain.MeldingAdvies { return meldingAdviesOf(meldingAdviesRow{}) }

func (l *lezer) advies() domain.MeldingAdvies {
	l.open()
	a := domain.MeldingAdvies{
		ID: l.tekst("id"), Op: Moment(l.getal("op")), Aanleiding: domain.Aanleiding(l.tekst("aanleiding")),
		Advies: domain.Advies(l.tekst("advies")), Reden: l.tekst("reden"), Peildatum: l.dag("peildatum"),
		Criteria: lijst(l, "criteria", 16, (*lezer).criterium), Stappen: lijst(l, "stappen", 4, (*lezer).string),
		Ernstig: l.keuze("ernstig"), Signalen: ref(l, "signalen", (*lezer).signalen),
	}
	l.dicht()
	return a
}

func (l *lezer) criterium() domain.CriteriumUitkomst {
	l.open()
	c := domain.CriteriumUitkomst{Code: l.tekst("Code"), Uitkomst: domain.Uitkomst(l.tekst("Uitkomst"))}
	l.dicht()
	return c
}

func (l *lezer) signalen() domain.Signalen {
	l.open()
	s := domain.Signalen{
		Aantal30: int(l.getal("Aantal30")), Aantal90: int(l.getal("Aantal90")), Aantal365: int(l.getal("Aantal365")),
		AantalVorigJaar: int(l.getal("AantalVorigJaar")), Ernstig365: int(l.getal("Ernstig365")), Overschrijdingskans: l.breuk("Overschrijdingskans"),
	}
	l.dicht()
	return s
}

func (l *lezer) termijn() domain.MeldingTermijn {
	l.open()
	t := domain.MeldingTermijn{
		Nr: int(l.getal("nr")), Soort: term.Soort(l.tekst("soort")), Grond: l.tekst("grond"), Start: l.dag("start"),
		VerlengdOp: l.dag("verlengdOp"), NadereTermijnTot: l.dag("nadereTermijnTot"), NadereAkkoord: l.dag("nadereAkkoord"),
		VoldaanOp: l.dag("voldaanOp"), BeeindigdOp: l.dag("beeindigdOp"), EindBijVoldaan: l.dag("eindBijVoldaan"),
		Partij: domain.Partij(l.tekst("partij")), Einddatum: l.dag("einddatum"), Aandacht: l.dag("aandacht"),
		Status: term.Status(l.tekst("status")), GemeldNadert: l.dag("gemeldNadert"), GemeldVerstreken: l.dag("gemeldVerstreken"),
		HerinnerdTot: l.dag("herinnerdTot"), Herinner: l.dag("herinner"),
	}
	l.dicht()
	return t
}

func (l *lezer) mijlpaal() domain.Mijlpaal {
	l.open()
	p := domain.Mijlpaal{
		ID: l.tekst("id"), Soort: domain.MijlpaalSoort(l.tekst("soort")), Datum: l.dag("datum"), Termijn: term.Soort(l.tekst("termijn")),
		Tot: l.dag("tot"), Partij: domain.Partij(l.tekst("partij")), Op: Moment(l.getal("op")), Door: deel(l, "door", (*lezer).actor),
		Voorvallen: deel(l, "voorvallen", (*lezer).paar), Verzoek: l.tekst("verzoek"), Ingetrokken: MomentOf(l.getal("ingetrokken")),
	}
	l.dicht()
	return p
}

func (l *lezer) paar() (two [2]int) {
	l.eis('[')
	two[0] = int(l.int())
	l.eis(',')
	two[1] = int(l.int())
	l.eis(']')
	return two
}

func (l *lezer) alarm() domain.Alarm {
	l.open()
	a := domain.Alarm{
		Advies: domain.Advies(l.tekst("advies")), Sinds: Moment(l.getal("sinds")), Rondes: int(l.getal("rondes")),
		Laatste: MomentOf(l.getal("laatste")), AangenomenOp: MomentOf(l.getal("aangenomenOp")), Door: l.tekst("door"),
		VervallenOp: MomentOf(l.getal("vervallenOp")), Verzoek: l.tekst("verzoek"),
	}
	l.dicht()
	return a
}

func (l *lezer) voorval() domain.Voorval {
	l.open()
	v := domain.Voorval{
		Nr: int(l.getal("nr")), Soort: domain.VoorvalSoort(l.tekst("soort")), Op: Moment(l.getal("op")), Door: deel(l, "door", (*lezer).actor),
		Gegevens: deel(l, "gegevens", (*lezer).teksten), Velden: lijst(l, "velden", 4, (*lezer).wijziging),
	}
	l.dicht()
	return v
}

func (l *lezer) actor() domain.Actor {
	l.open()
	a := domain.Actor{ID: l.tekst("ID"), Rol: domain.Rol(l.tekst("Rol"))}
	l.dicht()
	return a
}

func (l *lezer) wijziging() domain.VeldWijziging {
	l.open()
	v := domain.VeldWijziging{Veld: l.tekst("Veld"), Van: l.tekst("Van"), Naar: l.tekst("Naar")}
	l.dicht()
	return v
}
