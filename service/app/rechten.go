package app

import (
	"slices"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// Recht is something that not every caller may do.
type Recht string

// The rights. What eigenZaken names every person may do where it is about himself.
const (
	GebruikersLezen   Recht = "gebruikers_lezen"   // id, name, team and roles
	GebruikersInzien  Recht = "gebruikers_inzien"  // e-mail addresses and absences too
	GebruikersBeheren Recht = "gebruikers_beheren" // add and change
	AfwezigheidZetten Recht = "afwezigheid_zetten"
	AgendaZetten      Recht = "agenda_zetten"
	DienstenLezen     Recht = "diensten_lezen"
	DienstenZetten    Recht = "diensten_zetten"
	Toewijzen         Recht = "toewijzen"
	AlarmenLezen      Recht = "alarmen_lezen"
	AlarmenAannemen   Recht = "alarmen_aannemen"
	KalenderZetten    Recht = "kalender_zetten"
)

// rechten is the one table of who may do what.
func rechten() map[Recht][]domain.Rol {
	people := []domain.Rol{domain.Medewerker, domain.Teamleider, domain.Inspecteur, domain.Beleid, domain.Beheer}
	leads := []domain.Rol{domain.Teamleider, domain.Beheer}
	return map[Recht][]domain.Rol{
		GebruikersLezen:   people,
		GebruikersInzien:  leads,
		GebruikersBeheren: {domain.Beheer},
		AfwezigheidZetten: leads,
		AgendaZetten:      {domain.Beheer},
		DienstenLezen:     people,
		DienstenZetten:    leads,
		Toewijzen:         {domain.Medewerker, domain.Teamleider, domain.Inspecteur, domain.Beheer},
		AlarmenLezen:      people,
		AlarmenAannemen:   people,
		KalenderZetten:    {domain.Beheer},
	}
}

// eigenZaken are the rights that every person has where it is about himself.
func eigenZaken() []Recht { return []Recht{GebruikersInzien, AfwezigheidZetten, AgendaZetten} }

// mag refuses what actor has no right to.
func mag(actor domain.Actor, r Recht) error {
	if slices.Contains(rechten()[r], actor.Rol) {
		return nil
	}
	return &domain.Error{Code: domain.Forbidden, Key: "fout.verboden"}
}

// magBij is mag for what is about the user of this id.
func magBij(actor domain.Actor, r Recht, gebruiker string) error {
	if actor.ID == gebruiker && actor.Rol != domain.Systeem && slices.Contains(eigenZaken(), r) {
		return nil
	}
	return mag(actor, r)
}
