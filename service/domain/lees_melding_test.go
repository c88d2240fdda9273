package domain_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/fixtures/orakel"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

func told(change func(o *domain.Opgave)) domain.Opgave {
	o := domain.Opgave{Kanaal: "telefoon", Melding: domain.AanvraagMelding{Soort: text("klacht")}}
	if change != nil {
		change(&o)
	}
	return o
}

func TestTheRulesOfAMelding(t *testing.T) {
	calendar, err := term.Load()
	require.NoError(t, err)
	today := term.NewDate(2026, 11, 20)
	for name, c := range map[string]struct {
		change func(o *domain.Opgave)
		want   []string
	}{
		"the least there must be": {nil, nil},
		"nothing at all":          {func(o *domain.Opgave) { *o = domain.Opgave{} }, []string{"kanaal verplicht", "soort verplicht"}},
		"a fault of the schema":   {func(o *domain.Opgave) { o.Faults = []domain.Fault{{Field: "feiten.schade", Code: "keuze"}} }, []string{"feiten.schade keuze"}},
		"the schema on the kind": {func(o *domain.Opgave) {
			o.Melding.Soort, o.Faults = nil, []domain.Fault{{Field: "soort", Code: "keuze"}}
		}, []string{"soort keuze"}},
		"received tomorrow":          {func(o *domain.Opgave) { o.Melding.Ontvangstdatum = text("2026-11-21") }, []string{"ontvangstdatum datum_toekomst"}},
		"happened after today":       {func(o *domain.Opgave) { o.Melding.Gebeurtenis = &domain.AanvraagGebeurtenis{Van: text("2026-12")} }, []string{"gebeurtenis.van na_ontvangst"}},
		"a phone number as subject":  {func(o *domain.Opgave) { o.Onderwerp = "bel 0612345678" }, []string{"onderwerp persoonsgegeven_telefoon"}},
		"a BSN as own reference":     {func(o *domain.Opgave) { o.Klantkenmerk = "111222333" }, []string{"klantkenmerk bsn"}},
		"a reference that holds one": {func(o *domain.Opgave) { o.Klantkenmerk = "zaak 111222333" }, nil},
		"good care without a reason": {func(o *domain.Opgave) { o.Melding.Feiten.BelangGoedeZorg = text("ja") }, []string{"redenen.belangGoedeZorg reden_verplicht"}},
		"good care with a blank one": {func(o *domain.Opgave) {
			o.Melding.Feiten.BelangGoedeZorg, o.Redenen = text("ja"), map[string]string{"belangGoedeZorg": " "}
		}, []string{"redenen.belangGoedeZorg reden_verplicht"}},
		"good care with its reason": {func(o *domain.Opgave) {
			o.Melding.Feiten.BelangGoedeZorg, o.Redenen = text("ja"), map[string]string{"belangGoedeZorg": "patroon"}
		}, nil},
		"necessary without a reason":   {func(o *domain.Opgave) { o.Melding.Feiten.NoodzaakOndanksOuderdom = text("ja") }, []string{"redenen.noodzaakOndanksOuderdom reden_verplicht"}},
		"a provider by id and by name": {func(o *domain.Opgave) { o.Aanbieder = &domain.AanbiederOpgave{ID: "x", Naam: "De Linde"} }, []string{"aanbieder aanbieder_id_of_naam"}},
		"a provider by place alone":    {func(o *domain.Opgave) { o.Aanbieder = &domain.AanbiederOpgave{Plaats: "Delft"} }, []string{"aanbieder.naam verplicht"}},
		"a provider by number alone":   {func(o *domain.Opgave) { o.Aanbieder = &domain.AanbiederOpgave{KvkNummer: "12345678"} }, nil},
		"an empty provider":            {func(o *domain.Opgave) { o.Aanbieder = &domain.AanbiederOpgave{} }, nil},
		"an anonymous melder": {func(o *domain.Opgave) {
			o.Melding.Anonimiteit, o.Melder = text("volledig"), &domain.Melder{Naam: "A. Bee"}
		}, []string{"melder melder_anoniem"}},
		"anonymous, nothing known": {func(o *domain.Opgave) { o.Melding.Anonimiteit, o.Melder = text("volledig"), &domain.Melder{} }, nil},
		"known to the office alone": {func(o *domain.Opgave) {
			o.Melding.Anonimiteit, o.Melder = text("tegenover_aanbieder"), &domain.Melder{Naam: "A. Bee"}
		}, nil},
		"no e-mail address": {func(o *domain.Opgave) { o.Melder = &domain.Melder{EMail: "A <a@b.nl>"} }, []string{"melder.eMail e_mail"}},
		"an e-mail address": {func(o *domain.Opgave) { o.Melder = &domain.Melder{EMail: "a.b@voorbeeld.nl"} }, nil},
		"born tomorrow":     {func(o *domain.Opgave) { o.Melder = &domain.Melder{Geboortedatum: "2026-11-21"} }, []string{"melder.geboortedatum datum_toekomst"}},
		"born on no day":    {func(o *domain.Opgave) { o.Melder = &domain.Melder{Geboortedatum: "1980-02-30"} }, []string{"melder.geboortedatum datum"}},
		"many at once": {func(o *domain.Opgave) {
			o.Kanaal, o.Onderwerp, o.Melding.Ontvangstdatum = "", "a@b.nl", text("2027-01-01")
		}, []string{"kanaal verplicht", "onderwerp persoonsgegeven_e_mail", "ontvangstdatum datum_toekomst"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, faults := domain.LeesMelding(told(c.change), today, calendar)
			got := []string(nil)
			for _, f := range faults {
				got = append(got, f.Field+" "+f.Code)
			}
			assert.Equal(t, c.want, got)
		})
	}
}

func TestAMeldingIsReadAsItsQuestion(t *testing.T) {
	calendar, err := term.Load()
	require.NoError(t, err)
	rapid.Check(t, func(r *rapid.T) {
		in := orakel.Invoer().Draw(r, "in")
		in.Aanbieder = nil
		q := orakel.Aanvraag(in, in.Peildatum).Draw(r, "as written")
		if q.Melding.Ontvangstdatum == nil {
			q.Melding.Ontvangstdatum = text(in.Melding.Ontvangstdatum.String())
		}
		got, faults := domain.LeesMelding(domain.Opgave{
			Kanaal: "brief", Melding: q.Melding, Redenen: map[string]string{"belangGoedeZorg": "x", "noodzaakOndanksOuderdom": "y"},
		}, in.Peildatum, calendar)
		require.Empty(r, faults)
		assert.Equal(r, in, got)
	})
}

func TestWhatChangedIsNamedAndWhatIsPersonalOnlyNamed(t *testing.T) {
	old := told(func(o *domain.Opgave) {
		o.Omschrijving, o.Melder = "lang verhaal", &domain.Melder{Naam: "A. Bee"}
		o.Melding.Gebeurtenis = &domain.AanvraagGebeurtenis{Van: text("2026-01")}
	})
	now := told(func(o *domain.Opgave) {
		o.Omschrijving, o.Melder = "ander verhaal", &domain.Melder{Naam: "A. Bee", Telefoon: "0612345678"}
		o.Melding.Feiten.Geweld = text("ja")
		o.Melding.Feiten.KlachtplichtGebreken = []string{"art13", "art15"}
		o.Aanbieder = &domain.AanbiederOpgave{Naam: "De Linde"}
	})
	assert.Equal(t, []domain.VeldWijziging{
		{Veld: "aanbieder.naam"},
		{Veld: "feiten.geweld", Naar: "ja"},
		{Veld: "feiten.klachtplichtGebreken", Naar: "art13, art15"},
		{Veld: "gebeurtenis.van", Van: "2026-01"},
		{Veld: "melder.telefoon"},
		{Veld: "omschrijving"},
	}, domain.Verschil(old, now))
	assert.Empty(t, domain.Verschil(now, now))
}

func TestEveryFieldOfAMeldingCounts(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		one, other := orakel.Invoer().Draw(r, "one"), orakel.Invoer().Draw(r, "other")
		a := domain.Opgave{Melding: orakel.Aanvraag(one, one.Peildatum).Draw(r, "a").Melding}
		b := domain.Opgave{Melding: orakel.Aanvraag(other, other.Peildatum).Draw(r, "b").Melding}
		forth, back := domain.Verschil(a, b), domain.Verschil(b, a)
		require.Equal(r, len(forth), len(back))
		for i := range forth {
			assert.Equal(r, domain.VeldWijziging{Veld: forth[i].Veld, Van: forth[i].Naar, Naar: forth[i].Van}, back[i])
		}
	})
}

func TestAProviderIsKnownByItsStrongestName(t *testing.T) {
	whole := domain.Aanbieder{Naam: "Zorgboerderij  Dé Linde B.V.", Plaats: "’s-Gravenhage", KvkNummer: "12345678", Vestigingsnummer: "000012345678", AgbCode: "01234567"}
	assert.Equal(t, []string{"vestiging:000012345678", "agb:01234567", "naam:zorgboerderij de linde b v|s gravenhage"}, whole.Sleutels())
	whole.Vestigingsnummer = ""
	assert.Contains(t, whole.Sleutels(), "kvk:12345678", "a company on its own")
	assert.Equal(t, domain.Zoekvorm("cafe\u0301"), domain.Zoekvorm("Café"), "an accent is an accent, however it is written")
	assert.Empty(t, domain.Aanbieder{ID: "x"}.Sleutels())
	assert.False(t, domain.Aanbieder{KvkNummer: "1"}.Zelfde(domain.Aanbieder{KvkNummer: "2"}))
	assert.True(t, domain.Aanbieder{KvkNummer: "1"}.Zelfde(domain.Aanbieder{AgbCode: "2"}))
	assert.Equal(t, domain.Aanbieder{Naam: "A", KvkNummer: "1", Plaats: "P"},
		domain.Aanbieder{Naam: "A", KvkNummer: "1"}.Aangevuld(domain.Aanbieder{Naam: "B", KvkNummer: "2", Plaats: "P"}))
}
