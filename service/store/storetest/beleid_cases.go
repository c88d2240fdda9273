package storetest

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// beleidCases are about packages and activations.
func beleidCases() map[string]testCase {
	return map[string]testCase{
		"keeping a digest again changes nothing": func(t *testing.T, at Stores) {
			s := at.Open(t)
			require.NoError(t, s.BewaarPakket(t.Context(), Package("a")))
			again := Package("a")
			again.Bron, again.Motor = []byte("{}"), "opa 9"
			require.NoError(t, s.BewaarPakket(t.Context(), again))
			requirePackage(t, s.Pakket, Package("a"))
		},
		"a digest that is not there is not found": func(t *testing.T, at Stores) {
			_, err := at.Open(t).Pakket(t.Context(), "a")
			RequireFailure(t, err, domain.NotFound)
		},
		"without an activation there is no active version": func(t *testing.T, at Stores) {
			s := at.Open(t)
			_, err := s.ActieveActivering(t.Context())
			RequireFailure(t, err, domain.NotFound)
			all, err := s.Activeringen(t.Context())
			require.NoError(t, err)
			require.Empty(t, all)
		},
		"a package that is not kept cannot be made active":            unknownPackage,
		"the newest activation is the active one":                     newestIsActive,
		"an activation that asks for a version gets it or is refused": versionAsked,
	}
}

// exactPackage stands with exactCases.
func exactPackage(t *testing.T, at Stores) {
	s := at.Open(t)
	for name, change := range map[string]func(*domain.Beleidspakket){
		"whole":       func(*domain.Beleidspakket) {},
		"of nothing":  func(p *domain.Beleidspakket) { *p = domain.Beleidspakket{Digest: p.Digest} },
		"empty bytes": func(p *domain.Beleidspakket) { p.Bron, p.Wasm = []byte{}, []byte{} },
		"empty catalogue": func(p *domain.Beleidspakket) {
			p.Catalogus = domain.Catalogus{Criteria: []domain.CriteriumTekst{}, Stappen: []domain.StapTekst{}, Vragen: map[string]string{}}
		},
		"empty criterion": func(p *domain.Beleidspakket) {
			p.Catalogus.Criteria = []domain.CriteriumTekst{{}, {Feiten: []string{}, Zinnen: map[domain.Uitkomst]string{}}}
		},
		"odd texts": func(p *domain.Beleidspakket) {
			p.Catalogus.Vragen = map[string]string{"": "caf\u00e9\u2028<b>", "\x00": "cafe\u0301 👩‍👩‍👧"}
		},
		"moment of another zone": func(p *domain.Beleidspakket) {
			p.VastgelegdOp = time.Date(2026, 11, 20, 10, 0, 0, 1_999_999, time.FixedZone("hier", 3600))
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := Package("pakket " + name)
			change(&p)
			require.NoError(t, s.BewaarPakket(t.Context(), p))
			p.VastgelegdOp = p.VastgelegdOp.Truncate(time.Millisecond).UTC()
			requirePackage(t, s.Pakket, p)
		})
	}
}

func bigPackage(t *testing.T, at Stores) {
	s := at.Open(t)
	p := Package("groot")
	p.Bron, p.Wasm = noise(1<<20), noise(2<<20)
	require.NoError(t, s.BewaarPakket(t.Context(), p))
	requirePackage(t, s.Pakket, p)
	requirePackage(t, at.Reopen(t, s).Pakket, p)
}

func exactActivation(t *testing.T, at Stores) {
	s := at.Open(t)
	require.NoError(t, s.BewaarPakket(t.Context(), Package("a")))
	asked := Activation("a")
	asked.Versie, asked.Door, asked.Reden = 0, "caf\u00e9\x00", "omdat 👩‍👩‍👧 <b>\n"
	asked.GeldigVanaf = time.Date(2026, 11, 20, 10, 0, 0, 1_999_999, time.FixedZone("hier", 3600))
	want := asked
	want.Versie, want.GeldigVanaf = 1, time.Date(2026, 11, 20, 9, 0, 0, 1_000_000, time.UTC)
	got, err := s.Activeer(t.Context(), asked)
	require.NoError(t, err)
	require.Equal(t, want, got)
	got, err = s.ActieveActivering(t.Context())
	require.NoError(t, err)
	require.Equal(t, want, got)
}

func unknownPackage(t *testing.T, at Stores) {
	s := at.Open(t)
	_, err := s.Activeer(t.Context(), Activation("a"))
	RequireFailure(t, err, domain.NotFound)
	_, err = s.ActieveActivering(t.Context())
	RequireFailure(t, err, domain.NotFound)
	require.NoError(t, s.BewaarPakket(t.Context(), Package("a")))
	first, err := s.Activeer(t.Context(), Activation("a"))
	require.NoError(t, err)
	require.Equal(t, 1, first.Versie, "a refused activation takes no version")
}

func versionAsked(t *testing.T, at Stores) {
	s := at.Open(t)
	ask := func(digest string, version int) (domain.Activering, error) {
		a := Activation(digest)
		a.Versie = version
		return s.Activeer(t.Context(), a)
	}
	_, err := ask("a", 1)
	RequireFailure(t, err, domain.NotFound)
	require.NoError(t, s.BewaarPakket(t.Context(), Package("a")))
	const callers = 12
	var won atomic.Int64
	together(callers, func(int) {
		got, err := ask("a", 1)
		if err == nil {
			won.Add(1)
			assert.Equal(t, 1, got.Versie)
			return
		}
		assert.True(t, domain.IsCode(err, domain.Conflict), "%v", err)
		assert.Equal(t, "fout.beleid_al_actief", domain.AsError(err).Key)
	})
	require.Equal(t, int64(1), won.Load(), "of those who want to be the first one is")
	for _, other := range []int{1, 3} {
		_, err = ask("a", other)
		RequireFailure(t, err, domain.Conflict)
	}
	second, err := ask("a", 2)
	require.NoError(t, err)
	all, err := s.Activeringen(t.Context())
	require.NoError(t, err)
	require.Len(t, all, 2, "who is refused takes no version")
	require.Equal(t, second, all[1])
}

func newestIsActive(t *testing.T, at Stores) {
	s := at.Open(t)
	var want []domain.Activering
	for n, digest := range []string{"a", "b", "a"} { // one that was active before may become so again
		require.NoError(t, s.BewaarPakket(t.Context(), Package(digest)))
		asked := Activation(digest)
		asked.GeldigVanaf = asked.GeldigVanaf.AddDate(0, 0, -n) // the order is that of activation
		a, err := s.Activeer(t.Context(), asked)
		require.NoError(t, err)
		want = append(want, a)
		active, err := s.ActieveActivering(t.Context())
		require.NoError(t, err)
		require.Equal(t, a, active)
	}
	all, err := s.Activeringen(t.Context())
	require.NoError(t, err)
	require.Equal(t, want, all)
}
