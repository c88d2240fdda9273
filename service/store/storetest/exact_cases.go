package storetest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// exactCases are about what is kept coming back exactly.
func exactCases() map[string]testCase {
	return map[string]testCase{
		"an entry comes back exactly as it was kept": func(t *testing.T, at Stores) {
			s := at.Open(t)
			keep(t, s, Entry(1), Entry(2))
			requireKept(t, s, Entry(1), Entry(2))
		},
		"any entry comes back exactly as it was kept":                   anyEntryComesBack,
		"odd texts come back to the byte":                               oddTexts,
		"ids that look alike are different entries":                     similarIDs,
		"nil and empty stay apart":                                      nilAndEmpty,
		"moments come back in UTC to the millisecond":                   moments,
		"any date comes back, and no date too":                          dates,
		"an entry of a megabyte comes back":                             bigEntry,
		"what is given and what is answered are not held on to":         ownMemory,
		"a package comes back exactly, with nil and empty apart":        exactPackage,
		"a package of two mebibytes comes back to the byte":             bigPackage,
		"an activation comes back as it was kept, whatever its version": exactActivation,
	}
}

func anyEntryComesBack(t *testing.T, at Stores) {
	s := at.Open(t)
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		want := anyEntry(fmt.Sprintf("%d ", n)).Draw(rt, "entry")
		require.NoError(rt, s.BewaarAdviezen(t.Context(), []domain.GegevenAdvies{want}))
		got, err := s.Advies(t.Context(), want.ID)
		require.NoError(rt, err)
		require.Equal(rt, want, got)
	})
}

func oddTexts(t *testing.T, at Stores) {
	s := at.Open(t)
	for name, text := range OddStrings() {
		t.Run(name, func(t *testing.T) {
			e := Entry(1)
			e.ID = "id " + text
			e.Actor = domain.Actor{ID: text, Rol: domain.Rol(text)}
			e.Invoer, e.KalenderDigest, e.Motor = []byte(text), text, text
			e.Besluit = domain.Besluit{
				Advies:   domain.Advies(text),
				Criteria: []domain.CriteriumUitkomst{{Code: text, Uitkomst: domain.Uitkomst(text)}},
				Stappen:  []string{text, text},
			}
			e.Bandbreedte = &domain.Bandbreedte{Laagste: domain.Advies(text), Hoogste: domain.Advies(text), Ontbrekend: []string{text}}
			e.Beleid.Digest = text
			keep(t, s, e)
			requireKept(t, s, e)
		})
	}
}

// OddStrings are texts that are easily kept as something else.
func OddStrings() map[string]string {
	return map[string]string{
		"empty":                  "",
		"zero byte":              "voor\x00na",
		"only a zero byte":       "\x00",
		"composed":               "caf\u00e9",
		"decomposed":             "cafe\u0301",
		"beyond the basic plane": "👩‍👩‍👧 𝔏𝔐ℨ",
		"right to left":          "\u202eabc\u202c שלום",
		"byte order mark":        "\ufeffabc",
		"replacement character":  "\ufffd",
		"no character":           "\uffff\ufffe",
		"line separators":        "a\u2028b\u2029c\r\nd\te",
		"markup":                 `<b>&amp;"'\` + "`",
		"looks like a number":    "007",
		"looks like nothing":     "null",
		"white space around":     "  a  ",
		"long":                   strings.Repeat("ë", 70_000),
	}
}

func similarIDs(t *testing.T, at Stores) {
	s := at.Open(t)
	var entries []domain.GegevenAdvies
	for n, id := range []string{"abc", "ABC", "abc ", " abc", "abc\x00", "caf\u00e9", "cafe\u0301", "", "1", "01", "1.0"} {
		e := Entry(n)
		e.ID = id
		entries = append(entries, e)
	}
	keep(t, s, entries...)
	requireKept(t, s, entries...)
}

func nilAndEmpty(t *testing.T, at Stores) {
	s := at.Open(t)
	for name, change := range map[string]func(*domain.GegevenAdvies){
		"no bandbreedte":                  func(e *domain.GegevenAdvies) { e.Bandbreedte = nil },
		"bandbreedte of nothing":          func(e *domain.GegevenAdvies) { e.Bandbreedte = &domain.Bandbreedte{} },
		"bandbreedte with nothing needed": func(e *domain.GegevenAdvies) { e.Bandbreedte = &domain.Bandbreedte{Ontbrekend: []string{}} },
		"bandbreedte with a fact needed": func(e *domain.GegevenAdvies) {
			e.Bandbreedte = &domain.Bandbreedte{Laagste: domain.Registreren, Hoogste: domain.Escaleren, Ontbrekend: []string{"melding.feiten.schade"}}
		},
		"nil lists": func(e *domain.GegevenAdvies) { e.Besluit = domain.Besluit{} },
		"empty lists": func(e *domain.GegevenAdvies) {
			e.Besluit.Criteria, e.Besluit.Stappen = []domain.CriteriumUitkomst{}, []string{}
		},
		"nil invoer":   func(e *domain.GegevenAdvies) { e.Invoer = nil },
		"empty invoer": func(e *domain.GegevenAdvies) { e.Invoer = []byte{} },
		"no text":      func(e *domain.GegevenAdvies) { e.Invoer = []byte{0xff, 0x00, 0xc3, 0x28} },
	} {
		t.Run(name, func(t *testing.T) {
			e := Entry(1)
			e.ID = name
			change(&e)
			keep(t, s, e)
			requireKept(t, s, e)
		})
	}
}

func moments(t *testing.T, at Stores) {
	s := at.Open(t)
	for name, given := range map[string]time.Time{
		"to the nanosecond": time.Date(2026, 3, 29, 1, 59, 59, 999_999_999, time.UTC),
		"in another zone":   time.Date(2026, 3, 29, 3, 0, 0, 7_000_000, time.FixedZone("ver weg", 5*3600+45*60)),
		"before 1970":       time.Date(1969, 12, 31, 23, 59, 59, 999_900_000, time.UTC),
		"of year 1":         {},
		"of year 9999":      time.Date(9999, 12, 31, 23, 59, 59, 999_000_000, time.UTC),
	} {
		t.Run(name, func(t *testing.T) {
			e := Entry(1)
			e.ID, e.OpgesteldOp, e.Beleid.GeldigVanaf = name, given, given.Add(time.Hour)
			keep(t, s, e)
			e.OpgesteldOp = e.OpgesteldOp.Truncate(time.Millisecond).UTC()
			e.Beleid.GeldigVanaf = e.Beleid.GeldigVanaf.Truncate(time.Millisecond).UTC()
			requireKept(t, s, e)
		})
	}
}

func dates(t *testing.T, at Stores) {
	s := at.Open(t)
	for _, d := range []term.Date{{}, term.NewDate(term.MinYear, 1, 1), term.NewDate(2024, 2, 29), term.NewDate(term.MaxYear, 12, 31)} {
		e := Entry(1)
		e.ID, e.Peildatum = "dag "+d.String(), d
		keep(t, s, e)
		requireKept(t, s, e)
	}
}

func bigEntry(t *testing.T, at Stores) {
	s := at.Open(t)
	e := Entry(1)
	e.Invoer = noise(1 << 20)
	keep(t, s, e, Entry(2))
	requireKept(t, s, e, Entry(2))
}

func ownMemory(t *testing.T, at Stores) {
	s := at.Open(t)
	e, p := Entry(1), Package("a")
	e.Bandbreedte = &domain.Bandbreedte{Ontbrekend: []string{"melding.feiten.schade"}}
	keep(t, s, e)
	require.NoError(t, s.BewaarPakket(t.Context(), p))
	for range 2 { // first what was given is spoilt, then what was answered
		e.Invoer[0], e.Besluit.Stappen[0], e.Besluit.Criteria[0].Code, e.Bandbreedte.Ontbrekend[0] = 'X', "X", "X", "X"
		p.Bron[0], p.Wasm[0], p.Catalogus.Vragen["X"], p.Catalogus.Criteria[0].Code = 'X', 'X', "X", "X"
		var err error
		e, err = s.Advies(t.Context(), Entry(1).ID)
		require.NoError(t, err)
		require.Equal(t, "melding.feiten.schade", e.Bandbreedte.Ontbrekend[0])
		require.Equal(t, Entry(1).Besluit, e.Besluit)
		require.Equal(t, Entry(1).Invoer, e.Invoer)
		p, err = s.Pakket(t.Context(), "a")
		require.NoError(t, err)
		require.Equal(t, Package("a"), p)
	}
}

// noise is n bytes that do not repeat in a short while.
func noise(n int) []byte {
	b := make([]byte, n)
	x := uint32(1)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = byte(x >> 24)
	}
	return b
}
