package domain

import (
	"net/mail"
	"strings"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// volledigAnoniem: nobody knows who the melder is, the office neither.
const volledigAnoniem = "volledig"

// LeesMelding reads a melding as it was told on the day vandaag: its question as
// LeesAanvraag reads it, without a provider, and the rules of the melding itself.
// All faults are named at once, by the names of a melding's body.
func LeesMelding(o Opgave, vandaag term.Date, k *term.Kalender) (TriageInvoer, []Fault) {
	return leesMelding(o, vandaag, &reader{calendar: k})
}

// LeesBewaard is LeesMelding of what was taken in before. An end that was agreed on
// stays what it is where the calendar has changed since: it may not count any more.
func LeesBewaard(o Opgave, vandaag term.Date, k *term.Kalender) (TriageInvoer, []Fault) {
	return leesMelding(o, vandaag, &reader{calendar: k, bewaard: true})
}

func leesMelding(o Opgave, vandaag term.Date, q *reader) (TriageInvoer, []Fault) {
	a := Aanvraag{Melding: o.Melding}
	for _, f := range o.Faults {
		f.Field = "melding." + f.Field
		a.Faults = append(a.Faults, f)
	}
	in, faults := q.aanvraag(a, vandaag)
	out := make([]Fault, 0, len(faults))
	for _, f := range faults {
		f.Field = strings.TrimPrefix(f.Field, "melding.")
		if f.Code == "na_peildatum" { // nobody gave that day: it is today
			f.Code = "datum_toekomst"
		}
		out = append(out, f)
	}
	r := &reader{faults: out, unread: o.Faults, bewaard: q.bewaard}
	r.opgave(o)
	r.antwoord(o, in)
	r.aanbiederOpgave(o.Aanbieder)
	r.melder(o, vandaag)
	SortFaults(r.faults)
	return in, r.faults
}

func (r *reader) opgave(o Opgave) {
	if o.Kanaal == "" {
		r.misread("kanaal", "verplicht")
	}
	if code := Persoonsgegeven(o.Onderwerp); code != "" {
		r.fault("onderwerp", code, nil)
	}
	if IsBSN(digitsOf(o.Klantkenmerk)) && strings.Trim(o.Klantkenmerk, "0123456789 .-") == "" {
		r.fault("klantkenmerk", "bsn", nil)
	}
	for fact, value := range map[string]*string{
		"belangGoedeZorg": o.Melding.Feiten.BelangGoedeZorg, "noodzaakOndanksOuderdom": o.Melding.Feiten.NoodzaakOndanksOuderdom,
	} {
		if or(value, "") == "ja" && strings.TrimSpace(o.Redenen[fact]) == "" {
			r.fault("redenen."+fact, "reden_verplicht", nil, "feiten."+fact)
		}
	}
}

// antwoord holds what only a melding tells of the complaint at the provider against
// the rest of it.
func (r *reader) antwoord(o Opgave, in TriageInvoer) {
	const at, own = "klachtBijAanbieder", "klachtBijAanbieder.eigenTermijnTot"
	k := in.Melding.KlachtBijAanbieder
	if k == nil {
		return
	}
	if !r.bewaard {
		r.klachtDagen(*k, in.Melding.Ontvangstdatum)
	}
	if o.Antwoord.Leeg() {
		return
	}
	a := *o.Antwoord
	stated := func(s string) bool { return s != "" && s != string(Onbekend) }
	if k.AntwoordOp.IsZero() && (stated(a.Oordeel) || stated(a.Besluiten) || stated(a.TermijnMaatregelen)) {
		r.fault(at+".antwoordBevat", "bevat_zonder_antwoord", nil, at+".antwoordOp")
	}
	if a.EigenTermijnTot == "" {
		return
	}
	d := r.date(own, &a.EigenTermijnTot)
	switch {
	case d.IsZero():
	case in.Melding.Regime != regimeJeugdwet:
		r.fault(own, "eigen_termijn_regime", nil, "regime")
	case d.Before(k.IngediendOp):
		r.fault(own, "voor_klacht", nil, at+".ingediendOp")
	case !k.IngediendOp.IsZero() && d.After(k.IngediendOp.AddMonths(12*langsteAfspraak)):
		r.fault(own, "mijlpaal_te_ver", []any{langsteAfspraak}, at+".ingediendOp")
	}
}

// klachtDagen refuses days of a complaint that are years off.
func (r *reader) klachtDagen(k KlachtBijAanbieder, ontvangen term.Date) {
	const at = "klachtBijAanbieder."
	if !k.IngediendOp.IsZero() && !ontvangen.IsZero() && k.IngediendOp.Before(ontvangen.AddMonths(-12*langGeleden)) {
		r.fault(at+"ingediendOp", "mijlpaal_lang_geleden", []any{langGeleden})
	}
	if !k.IngediendOp.IsZero() && k.NadereTermijnTot.After(k.IngediendOp.AddMonths(12*langsteAfspraak)) {
		r.fault(at+"nadereTermijnTot", "mijlpaal_te_ver", []any{langsteAfspraak}, at+"ingediendOp")
	}
}

func (r *reader) aanbiederOpgave(a *AanbiederOpgave) {
	if a.Leeg() {
		return
	}
	if a.ID != "" && (*a != AanbiederOpgave{ID: a.ID}) {
		r.fault("aanbieder", "aanbieder_id_of_naam", nil)
		return
	}
	if a.ID == "" && a.Naam == "" && a.KvkNummer == "" && a.Vestigingsnummer == "" && a.AgbCode == "" {
		r.fault("aanbieder.naam", "verplicht", nil, "aanbieder.kvkNummer", "aanbieder.vestigingsnummer", "aanbieder.agbCode")
	}
}

func (r *reader) melder(o Opgave, vandaag term.Date) {
	m := o.Melder
	if m.Leeg() {
		return
	}
	if or(o.Melding.Anonimiteit, "") == volledigAnoniem {
		r.fault("melder", "melder_anoniem", nil, "anonimiteit")
	}
	if m.EMail != "" {
		if at, err := mail.ParseAddress(m.EMail); err != nil || at.Address != m.EMail {
			r.fault("melder.eMail", "e_mail", nil)
		}
	}
	if m.Geboortedatum != "" {
		if d := r.date("melder.geboortedatum", &m.Geboortedatum); d.After(vandaag) {
			r.fault("melder.geboortedatum", "datum_toekomst", nil)
		}
	}
}
