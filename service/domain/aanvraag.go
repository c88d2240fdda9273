package domain

// Aanvraag is a triage question as it was asked: texts that passed the schema
// but were not read yet. A nil pointer is a field that was absent. Faults are
// what the schema found wrong; the fields they name are absent here.
type Aanvraag struct {
	Peildatum   *string
	Melding     AanvraagMelding
	Aanbieder   *AanvraagAanbieder
	Bandbreedte bool // ask for bandbreedte and ontbrekend as well
	Faults      []Fault
}

// AanvraagMelding is the melding of an Aanvraag.
type AanvraagMelding struct {
	Soort, Ontvangstdatum, Regime, Sector, Hoedanigheid, Anonimiteit *string

	Gebeurtenis        *AanvraagGebeurtenis
	Feiten             AanvraagFeiten
	Toestemming        AanvraagToestemming
	KlachtBijAanbieder *AanvraagKlacht
}

// AanvraagGebeurtenis says when it happened; Van and Tot are a date, a month
// (2024-03) or a year (2024).
type AanvraagGebeurtenis struct {
	Van, Tot    *string
	Voortdurend *bool
}

// AanvraagFeiten are the facts as they were given.
type AanvraagFeiten struct {
	Bedreiging, BedreigingActueel, Schade, SchadeDoorZorg, Geweld, DirecteMaatregelen,
	CalamiteitGemeld, BelangGoedeZorg, NoodzaakOndanksOuderdom, EerderOnderzocht,
	AndereProcedure *string

	KlachtplichtGebreken []string
}

// AanvraagToestemming is the state of the consent per purpose.
type AanvraagToestemming struct{ Inspecteur, Aanbieder *string }

// AanvraagKlacht is the complaint at the provider.
type AanvraagKlacht struct {
	IngediendOp, VerlengdOp, NadereTermijnTot, NadereTermijnAkkoordOp, AntwoordOp,
	AntwoordVoldoende *string
}

// AanvraagAanbieder names the provider, or gives its figures, or both.
type AanvraagAanbieder struct {
	ID       *string
	Signalen *Signalen // nil when absent or when the schema refused them
}
