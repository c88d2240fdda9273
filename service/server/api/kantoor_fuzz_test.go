package api_test

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// office is the people that bodies may name.
func office() domain.Kantoor {
	return domain.NieuwKantoor([]domain.Gebruiker{
		{ID: "aa"}, {ID: "bb", Afwezig: []domain.Afwezigheid{{Van: today(), Tot: today().AddDays(9), Vervanger: "aa"}}}, {ID: "cc", Inactief: true},
	}, nil)
}

func today() term.Date { return term.NewDate(2026, time.November, 20) }

func loaded(f *testing.F) *api.Contract {
	f.Helper()
	c, err := api.LoadContract()
	require.NoError(f, err)
	return c
}

// FuzzGebruiker requires that whatever body is sent, it is refused or gives a user
// who can stand in a log, a list and a mail.
func FuzzGebruiker(f *testing.F) {
	c := loaded(f)
	for _, seed := range []string{
		`{"id":"m.devries","naam":"M. de Vries","eMail":"m@example.nl","rollen":["medewerker"],"team":"noord","inactief":false}`,
		`{"id":"A","naam":"\u0000","eMail":"a@b\r\nBcc: c@d","rollen":["systeem",7]}`, `{"id":null}`, `[]`, `{"rollen":[[]]}`, `{"naam":"x","naam":"y"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		told, err := c.ReadGebruiker(raw)
		if err != nil {
			require.True(t, domain.IsCode(err, domain.Invalid), "%v", err)
			return
		}
		g, faults := domain.LeesGebruiker(told)
		if len(faults) > 0 {
			return
		}
		require.True(t, domain.GoedeID(g.ID))
		require.NotEmpty(t, g.Naam)
		require.NotEmpty(t, g.Rollen)
		for _, r := range g.Rollen {
			require.Contains(t, domain.Rollen(), r)
			require.NotEqual(t, domain.Systeem, r)
		}
		for _, text := range []string{g.Naam, g.EMail, g.Team} {
			require.True(t, utf8.ValidString(text))
			require.False(t, strings.ContainsFunc(text, unicode.IsControl))
		}
	})
}

// FuzzAfwezigheid requires that whatever body is sent, it is refused or gives
// absences apart from each other, in which nobody stands in who is not there.
func FuzzAfwezigheid(f *testing.F) {
	c := loaded(f)
	for _, seed := range []string{
		`{"afwezig":[{"van":"2026-12-21","tot":"2027-01-01","vervanger":"bb"},{"van":"2027-01-02","tot":"2027-01-02"}]}`,
		`{"afwezig":[{"van":"2026-11-20","tot":"2026-11-29","vervanger":"bb"}]}`, `{"afwezig":[7,{"van":"9999-01-01","tot":"0001-01-01"}]}`,
		`{"afwezig":[{"van":"2026-12-21","tot":"2026-12-21"},{"van":"2026-12-21","tot":"2026-12-21"}]}`, `{}`, `{"afwezig":{}}`,
	} {
		f.Add([]byte(seed))
	}
	k := office()
	f.Fuzz(func(t *testing.T, raw []byte) {
		told, err := c.ReadAfwezigheid(raw)
		if err != nil {
			require.True(t, domain.IsCode(err, domain.Invalid), "%v", err)
			return
		}
		list, faults := domain.LeesAfwezigheid(told, "aa", today(), k)
		if len(faults) > 0 {
			return
		}
		for i, a := range list {
			require.False(t, a.Van.IsZero() || a.Tot.IsZero() || a.Van.After(a.Tot))
			require.NotEqual(t, "aa", a.Vervanger)
			for _, b := range list[:i] {
				require.True(t, a.Van.After(b.Tot) || b.Van.After(a.Tot))
			}
			if g, known := k.Gebruiker(a.Vervanger); a.Vervanger != "" && !a.Tot.Before(today()) {
				require.True(t, known && !g.Inactief)
			}
		}
	})
}

// FuzzDienst requires that whatever body is sent, it is refused or gives a turn of
// somebody who is there, that begins before it ends.
func FuzzDienst(f *testing.F) {
	c := loaded(f)
	for _, seed := range []string{
		`{"gebruiker":"aa","van":"2026-11-20T17:00:00Z","tot":"2026-11-21T08:00:00Z","volgorde":2}`, `{"gebruiker":"cc","van":"2026-02-30T17:00:00Z","tot":"x"}`,
		`{"gebruiker":"aa","van":"0000-01-01T00:00:00Z","tot":"9999-12-31T23:59:60Z","volgorde":1e2}`, `{"volgorde":1.0}`, `null`,
	} {
		f.Add([]byte(seed))
	}
	now, k := time.Date(2026, time.November, 20, 9, 30, 0, 0, time.UTC), office()
	f.Fuzz(func(t *testing.T, raw []byte) {
		told, err := c.ReadDienst(raw)
		if err != nil {
			require.True(t, domain.IsCode(err, domain.Invalid), "%v", err)
			return
		}
		d, faults := domain.LeesDienst(told, now, k)
		if len(faults) > 0 {
			return
		}
		require.True(t, d.Van.Before(d.Tot))
		require.LessOrEqual(t, d.Tot.Sub(d.Van), 31*24*time.Hour)
		require.Contains(t, []string{"aa", "bb"}, d.Gebruiker)
		require.True(t, d.Volgorde >= 1 && d.Volgorde <= 99)
	})
}
