package domain_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// opgave is a user as told, with what change makes of it.
func gebruikerOpgave(change func(*domain.GebruikerOpgave)) domain.GebruikerOpgave {
	o := domain.GebruikerOpgave{
		ID: text("m.devries"), Naam: text(" M. de Vries "), EMail: text("m.devries@example.nl"), Team: text("noord"), Rollen: []string{"medewerker"},
	}
	if change != nil {
		change(&o)
	}
	return o
}

func TestAUserIsRead(t *testing.T) {
	g, faults := domain.LeesGebruiker(gebruikerOpgave(nil))
	require.Empty(t, faults)
	assert.Equal(t, domain.Gebruiker{
		ID: "m.devries", Naam: "M. de Vries", EMail: "m.devries@example.nl", Team: "noord", Rollen: []domain.Rol{domain.Medewerker},
	}, g)
	left := true
	g, faults = domain.LeesGebruiker(domain.GebruikerOpgave{ID: text("x1"), Naam: text("X"), Rollen: []string{"beheer", "beheer"}, Inactief: &left})
	require.Empty(t, faults)
	assert.Equal(t, domain.Gebruiker{ID: "x1", Naam: "X", Rollen: []domain.Rol{domain.Beheer}, Inactief: true}, g, "what is not known is empty")
}

func TestAllThatIsWrongWithAUserIsNamed(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*domain.GebruikerOpgave)
		want   []string
	}{
		"nothing told":            {func(o *domain.GebruikerOpgave) { *o = domain.GebruikerOpgave{} }, []string{"id verplicht", "naam verplicht", "rollen verplicht"}},
		"an id with capitals":     {func(o *domain.GebruikerOpgave) { o.ID = text("M.deVries") }, []string{"id gebruiker_id"}},
		"an id of one letter":     {func(o *domain.GebruikerOpgave) { o.ID = text("m") }, []string{"id gebruiker_id"}},
		"an empty id":             {func(o *domain.GebruikerOpgave) { o.ID = text("") }, []string{"id gebruiker_id"}},
		"an id of 64 letters":     {func(o *domain.GebruikerOpgave) { o.ID = text(strings.Repeat("a", 64)) }, []string{"id gebruiker_id"}},
		"an id that is an e-mail": {func(o *domain.GebruikerOpgave) { o.ID = text("a@example.nl") }, []string{"id gebruiker_id"}},
		"a name of white space":   {func(o *domain.GebruikerOpgave) { o.Naam = text(" \t ") }, []string{"naam verplicht"}},
		"a name of two lines":     {func(o *domain.GebruikerOpgave) { o.Naam = text("a\r\nBcc: b") }, []string{"naam een_regel"}},
		"a name that is long":     {func(o *domain.GebruikerOpgave) { o.Naam = text(strings.Repeat("ë", 101)) }, []string{"naam te_lang"}},
		"a team of two lines":     {func(o *domain.GebruikerOpgave) { o.Team = text("a\u2028b") }, []string{"team een_regel"}},
		"no address":              {func(o *domain.GebruikerOpgave) { o.EMail = text("m.devries") }, []string{"eMail e_mail"}},
		"an address with a name":  {func(o *domain.GebruikerOpgave) { o.EMail = text("M <m@example.nl>") }, []string{"eMail e_mail"}},
		"two addresses":           {func(o *domain.GebruikerOpgave) { o.EMail = text("m@example.nl, n@example.nl") }, []string{"eMail e_mail"}},
		"an address of two lines": {func(o *domain.GebruikerOpgave) { o.EMail = text("m@example.nl\nCc: n@example.nl") }, []string{"eMail een_regel"}},
		"an address not in ASCII": {func(o *domain.GebruikerOpgave) { o.EMail = text("zoë@example.nl") }, []string{"eMail e_mail"}},
		"what the schema found": {func(o *domain.GebruikerOpgave) {
			o.Naam, o.Rollen, o.Faults = nil, nil, []domain.Fault{{Field: "naam", Code: "te_lang"}, {Field: "rollen", Code: "te_weinig"}}
			o.EMail = text("x")
		}, []string{"eMail e_mail", "naam te_lang", "rollen te_weinig"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, faults := domain.LeesGebruiker(gebruikerOpgave(c.change))
			assert.Equal(t, c.want, named(faults))
		})
	}
}

func TestAnIDIsGoodForAHistoryAndALog(t *testing.T) {
	for id, want := range map[string]bool{
		"m.devries": true, "a1": true, "9-9": true, strings.Repeat("a", 63): true,
		"": false, "a": false, ".a": false, "-a": false, "A1": false, "a b": false, "a_b": false, "é1": false, "a\n": false,
	} {
		assert.Equal(t, want, domain.GoedeID(id), "%q", id)
	}
}

// kantoor has a and b, and c who left.
func kantoor() domain.Kantoor {
	return domain.NieuwKantoor([]domain.Gebruiker{
		mens("aa", "", domain.Medewerker), mens("bb", "", domain.Medewerker), inactief(mens("cc", "", domain.Medewerker)),
	}, nil)
}

func afwezig(van, tot, vervanger string) domain.AfwezigheidOpgave {
	o := domain.AfwezigheidOpgave{Van: text(van), Tot: text(tot)}
	if vervanger != "" {
		o.Vervanger = text(vervanger)
	}
	return o
}

func TestAbsencesAreRead(t *testing.T) {
	got, faults := domain.LeesAfwezigheid(domain.AfwezighedenOpgave{Perioden: []domain.AfwezigheidOpgave{
		afwezig("2026-12-21", "2027-01-01", "bb"), afwezig("2027-01-02", "2027-01-02", ""),
	}}, "aa", dienstdag, kantoor())
	require.Empty(t, faults)
	assert.Equal(t, []domain.Afwezigheid{
		{Van: term.NewDate(2026, time.December, 21), Tot: term.NewDate(2027, time.January, 1), Vervanger: "bb"},
		{Van: term.NewDate(2027, time.January, 2), Tot: term.NewDate(2027, time.January, 2)},
	}, got)
	got, faults = domain.LeesAfwezigheid(domain.AfwezighedenOpgave{}, "aa", dienstdag, kantoor())
	require.Empty(t, faults)
	assert.Empty(t, got)
}

func TestAllThatIsWrongWithAbsencesIsNamed(t *testing.T) {
	for name, c := range map[string]struct {
		told []domain.AfwezigheidOpgave
		want []string
	}{
		"no days":                 {[]domain.AfwezigheidOpgave{{}}, []string{"afwezig[0].tot verplicht", "afwezig[0].van verplicht"}},
		"no day that exists":      {[]domain.AfwezigheidOpgave{afwezig("2026-02-30", "2027-01-01", "")}, []string{"afwezig[0].van datum"}},
		"the wrong way round":     {[]domain.AfwezigheidOpgave{afwezig("2027-01-02", "2027-01-01", "")}, []string{"afwezig[0].van van_na_tot_periode"}},
		"centuries away":          {[]domain.AfwezigheidOpgave{afwezig("2126-01-01", "2126-01-02", "")}, []string{"afwezig[0].van afwezig_te_ver"}},
		"two years away":          {[]domain.AfwezigheidOpgave{afwezig("2028-12-07", "2028-12-08", "")}, []string{}},
		"two years and a day":     {[]domain.AfwezigheidOpgave{afwezig("2028-12-08", "2028-12-08", "")}, []string{"afwezig[0].van afwezig_te_ver"}},
		"two years long":          {[]domain.AfwezigheidOpgave{afwezig("2027-01-01", "2029-01-01", "")}, []string{}},
		"longer than two years":   {[]domain.AfwezigheidOpgave{afwezig("2027-01-01", "2029-01-02", "")}, []string{"afwezig[0].tot afwezig_te_lang"}},
		"in two periods":          {[]domain.AfwezigheidOpgave{afwezig("2027-01-05", "2027-01-09", ""), afwezig("2027-01-01", "2027-01-05", "")}, []string{"afwezig[1].van afwezig_overlapt"}},
		"backwards in another":    {[]domain.AfwezigheidOpgave{afwezig("2027-01-05", "2027-01-09", ""), afwezig("2027-01-07", "2027-01-06", "")}, []string{"afwezig[1].van van_na_tot_periode"}},
		"in the first of three":   {[]domain.AfwezigheidOpgave{afwezig("2027-01-05", "2027-01-09", ""), afwezig("2027-02-01", "2027-02-05", ""), afwezig("2027-01-01", "2027-03-05", "")}, []string{"afwezig[2].van afwezig_overlapt"}},
		"a stand-in nobody knows": {[]domain.AfwezigheidOpgave{afwezig("2027-01-05", "2027-01-09", "weg")}, []string{"afwezig[0].vervanger gebruiker_onbekend"}},
		"a stand-in who left":     {[]domain.AfwezigheidOpgave{afwezig("2027-01-05", "2027-01-09", "cc")}, []string{"afwezig[0].vervanger gebruiker_inactief"}},
		"who left since":          {[]domain.AfwezigheidOpgave{afwezig("2026-01-05", "2026-12-06", "cc")}, []string{}},
		"who left, up to today":   {[]domain.AfwezigheidOpgave{afwezig("2026-01-05", "2026-12-07", "cc")}, []string{"afwezig[0].vervanger gebruiker_inactief"}},
		"stands in for oneself":   {[]domain.AfwezigheidOpgave{afwezig("2027-01-05", "2027-01-09", "aa")}, []string{"afwezig[0].vervanger vervanger_zelf"}},
		"all of it":               {[]domain.AfwezigheidOpgave{afwezig("x", "y", "aa"), afwezig("2027-01-09", "2027-01-05", "cc")}, []string{"afwezig[0].tot datum", "afwezig[0].van datum", "afwezig[0].vervanger vervanger_zelf", "afwezig[1].van van_na_tot_periode", "afwezig[1].vervanger gebruiker_inactief"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, faults := domain.LeesAfwezigheid(domain.AfwezighedenOpgave{Perioden: c.told}, "aa", dienstdag, kantoor())
			assert.Equal(t, c.want, named(faults))
		})
	}
}

func TestAFaultNamesThePlaceThatAPeriodHadInTheBody(t *testing.T) {
	_, faults := domain.LeesAfwezigheid(domain.AfwezighedenOpgave{
		Perioden: []domain.AfwezigheidOpgave{afwezig("2027-01-05", "2027-01-09", ""), afwezig("2027-01-08", "2027-01-09", "aa")},
		Faults:   []domain.Fault{{Field: "afwezig[0]", Code: "type_object"}, {Field: "afwezig[2]", Code: "type_object"}},
	}, "aa", dienstdag, kantoor())
	assert.Equal(t, []string{"afwezig[0] type_object", "afwezig[2] type_object", "afwezig[3].van afwezig_overlapt", "afwezig[3].vervanger vervanger_zelf"}, named(faults))
}

func TestNobodyStandsInForWhomTheOtherStandsIn(t *testing.T) {
	b := mens("bb", "", domain.Medewerker)
	b.Afwezig = []domain.Afwezigheid{{Van: dienstdag.AddDays(5), Tot: dienstdag.AddDays(6), Vervanger: "dd"}}
	d := mens("dd", "", domain.Medewerker)
	d.Afwezig = []domain.Afwezigheid{{Van: dienstdag.AddDays(6), Tot: dienstdag.AddDays(9), Vervanger: "aa"}}
	k := domain.NieuwKantoor([]domain.Gebruiker{mens("aa", "", domain.Medewerker), b, d}, nil)
	for days, want := range map[int][]string{5: {}, 6: {"afwezig[0].vervanger vervanger_rond"}, 7: {"afwezig[0].vervanger vervanger_rond"}} {
		told := afwezig(dienstdag.String(), dienstdag.AddDays(days).String(), "bb")
		_, faults := domain.LeesAfwezigheid(domain.AfwezighedenOpgave{Perioden: []domain.AfwezigheidOpgave{told}}, "aa", dienstdag, k)
		assert.Equal(t, want, named(faults), days)
	}
	told := afwezig(dienstdag.AddDays(6).String(), dienstdag.AddDays(6).String(), "bb")
	_, faults := domain.LeesAfwezigheid(domain.AfwezighedenOpgave{Perioden: []domain.AfwezigheidOpgave{told}}, "aa", dienstdag.AddDays(7), k)
	assert.Empty(t, faults, "what is past stays as it was")
}
