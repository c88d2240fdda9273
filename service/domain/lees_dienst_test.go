package domain_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

func dienstOpgave(gebruiker, van, tot string) domain.DienstOpgave {
	return domain.DienstOpgave{Gebruiker: text(gebruiker), Van: text(van), Tot: text(tot)}
}

func inLine(n int) domain.DienstOpgave {
	o := dienstOpgave("aa", "2026-12-07T18:00:00Z", "2026-12-08T08:00:00Z")
	o.Volgorde = &n
	return o
}

func TestATurnIsRead(t *testing.T) {
	d, faults := domain.LeesDienst(dienstOpgave("aa", "2026-12-07T18:00:00.0019Z", "2026-12-08T09:00:00+01:00"), dienstmoment, kantoor())
	require.Empty(t, faults)
	assert.Equal(t, domain.Dienst{
		Gebruiker: "aa", Van: time.Date(2026, time.December, 7, 18, 0, 0, 1_000_000, time.UTC), Tot: time.Date(2026, time.December, 8, 8, 0, 0, 0, time.UTC), Volgorde: 1,
	}, d)
	third := 3
	o := dienstOpgave("aa", "2026-12-07T18:00:00Z", "2026-12-08T09:00:00Z")
	o.Volgorde = &third
	d, faults = domain.LeesDienst(o, dienstmoment, kantoor())
	require.Empty(t, faults)
	assert.Equal(t, 3, d.Volgorde)
}

func TestAllThatIsWrongWithATurnIsNamed(t *testing.T) {
	for name, c := range map[string]struct {
		told domain.DienstOpgave
		want []string
	}{
		"nothing told":       {domain.DienstOpgave{}, []string{"gebruiker verplicht", "tot verplicht", "van verplicht"}},
		"nobody":             {dienstOpgave("weg", "2026-12-07T18:00:00Z", "2026-12-08T08:00:00Z"), []string{"gebruiker gebruiker_onbekend"}},
		"one who left":       {dienstOpgave("cc", "2026-12-07T18:00:00Z", "2026-12-08T08:00:00Z"), []string{"gebruiker gebruiker_inactief"}},
		"no moments":         {dienstOpgave("aa", "2026-02-30T18:00:00Z", "morgen"), []string{"tot moment", "van moment"}},
		"empty moments":      {dienstOpgave("aa", "", ""), []string{"tot verplicht", "van verplicht"}},
		"no time at all":     {dienstOpgave("aa", "2026-12-07T18:00:00Z", "2026-12-07T18:00:00Z"), []string{"van van_na_tot"}},
		"the wrong way":      {dienstOpgave("aa", "2026-12-08T18:00:00Z", "2026-12-07T18:00:00Z"), []string{"van van_na_tot"}},
		"31 days":            {dienstOpgave("aa", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"), []string{}},
		"more than 31 days":  {dienstOpgave("aa", "2026-12-01T00:00:00Z", "2027-01-01T00:00:01Z"), []string{"tot dienst_te_lang"}},
		"centuries away":     {dienstOpgave("aa", "2126-12-01T00:00:00Z", "2126-12-02T00:00:00Z"), []string{"van dienst_te_ver"}},
		"long ago":           {dienstOpgave("aa", "1926-12-01T00:00:00Z", "1926-12-02T00:00:00Z"), []string{"van dienst_te_ver"}},
		"nobody, backwards":  {dienstOpgave("weg", "2026-12-08T18:00:00Z", "2026-12-07T18:00:00Z"), []string{"gebruiker gebruiker_onbekend", "van van_na_tot"}},
		"the schema's fault": {domain.DienstOpgave{Faults: []domain.Fault{{Field: "gebruiker", Code: "type_tekst"}}, Van: text("2026-12-07T18:00:00Z")}, []string{"gebruiker type_tekst", "tot verplicht"}},
		"no place in line":   {inLine(0), []string{"volgorde te_klein"}},
		"far down the line":  {inLine(100), []string{"volgorde te_groot"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, faults := domain.LeesDienst(c.told, dienstmoment, kantoor())
			assert.Equal(t, c.want, named(faults))
		})
	}
}

func TestWhoHandlesAMeldingIsRead(t *testing.T) {
	who, faults := domain.LeesToewijzing(domain.ToewijzingOpgave{Behandelaar: text("aa")}, kantoor())
	require.Empty(t, faults)
	assert.Equal(t, "aa", who)
	for want, o := range map[string]domain.ToewijzingOpgave{
		"behandelaar verplicht":          {},
		"behandelaar gebruiker_onbekend": {Behandelaar: text("weg")},
		"behandelaar gebruiker_inactief": {Behandelaar: text("cc")},
		"behandelaar type_tekst":         {Faults: []domain.Fault{{Field: "behandelaar", Code: "type_tekst"}}},
	} {
		_, faults := domain.LeesToewijzing(o, kantoor())
		assert.Equal(t, []string{want}, named(faults))
	}
}

func TestAMeldingIsHandledByOneAtATime(t *testing.T) {
	m, who := domain.Melding{Versie: 3}, domain.Actor{ID: "t1", Rol: domain.Teamleider}
	require.True(t, m.WijsToe("aa", dienstmoment, who))
	require.False(t, m.WijsToe("aa", dienstmoment.Add(time.Hour), who), "again changes nothing")
	assert.Equal(t, 4, m.Versie)
	assert.Equal(t, dienstmoment, m.GewijzigdOp)
	require.True(t, m.WijsToe("bb", dienstmoment.Add(time.Hour), who))
	require.True(t, m.WijsToe("", dienstmoment.Add(2*time.Hour), who))
	assert.Equal(t, 6, m.Versie)
	var told []map[string]string
	for _, v := range m.Geschiedenis {
		assert.Equal(t, domain.VoorvalToegewezen, v.Soort)
		assert.Equal(t, who, v.Door)
		told = append(told, v.Gegevens)
	}
	assert.Equal(t, []map[string]string{{"aan": "aa"}, {"aan": "bb", "was": "aa"}, {"was": "bb"}}, told)
}

func TestAQuestionForUsersIsRead(t *testing.T) {
	q, faults := domain.LeesGebruikerVraag(asked(map[string]string{"team": "noord", "rol": "beheer", "inactief": "nee", "cursor": "m.devries", "limit": "7"}))
	require.Empty(t, faults)
	left := false
	assert.Equal(t, domain.GebruikerVraag{Team: "noord", Rol: domain.Beheer, Inactief: &left, Na: "m.devries", Aantal: 7}, q)
	for g, want := range map[*domain.Gebruiker]bool{
		{Team: "noord", Rollen: []domain.Rol{domain.Teamleider, domain.Beheer}}: true,
		{Team: "zuid", Rollen: []domain.Rol{domain.Beheer}}:                     false,
		{Team: "noord", Rollen: []domain.Rol{domain.Teamleider}}:                false,
		{Team: "noord", Rollen: []domain.Rol{domain.Beheer}, Inactief: true}:    false,
	} {
		assert.Equal(t, want, q.Past(*g), "%+v", g)
	}
	q, faults = domain.LeesGebruikerVraag(asked(nil))
	require.Empty(t, faults)
	assert.True(t, q.Past(domain.Gebruiker{Inactief: true}))
	_, faults = domain.LeesGebruikerVraag(asked(map[string]string{"cursor": "?", "limit": "x"}))
	assert.ElementsMatch(t, []string{"cursor cursor", "limit type_geheel_getal"}, named(faults))
}

func TestAQuestionForTurnsIsRead(t *testing.T) {
	d := domain.Dienst{ID: "0199f2a4-6c1e-7b3d-9f10-2a4c6e8b0d40", Van: dienstmoment, Volgorde: 2}
	q, faults := domain.LeesDienstVraag(asked(map[string]string{
		"van": "2026-12-01T00:00:00Z", "tot": "2026-12-02T01:00:00+01:00", "gebruiker": "aa", "cursor": d.Plaats(), "limit": "7",
	}))
	require.Empty(t, faults)
	day := time.Date(2026, time.December, 1, 0, 0, 0, 0, time.UTC)
	assert.Equal(t, domain.DienstVraag{Van: day, Tot: day.AddDate(0, 0, 1), Gebruiker: "aa", Na: &d, Aantal: 7}, q)
	_, faults = domain.LeesDienstVraag(asked(map[string]string{"van": "2026-12-02T00:00:00Z", "tot": "2026-12-02T00:00:00Z", "cursor": "1_x_y", "limit": "x"}))
	assert.ElementsMatch(t, []string{"van van_na_tot", "cursor cursor", "limit type_geheel_getal"}, named(faults))
	for _, bad := range []string{"x", "1_2", "_1_a", "1__a", "9999999999999999999_1_a"} {
		_, faults := domain.LeesDienstVraag(asked(map[string]string{"cursor": bad}))
		assert.Equal(t, []string{"cursor cursor"}, named(faults), bad)
	}
}

// The place of a turn in a list leads back to it, in the same order.
func TestThePlaceOfATurnLeadsBackToIt(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := domain.Dienst{
			ID: rapid.String().Draw(rt, "id"), Van: time.UnixMilli(rapid.Int64Range(-1e14, 1e14).Draw(rt, "van")).UTC(), Volgorde: rapid.Int().Draw(rt, "volgorde"),
		}
		q, faults := domain.LeesDienstVraag(asked(map[string]string{"cursor": d.Plaats()}))
		require.Empty(rt, faults)
		require.Zero(rt, d.Vergelijk(*q.Na))
	})
}
