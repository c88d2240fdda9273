package api_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// file writes rows as a file for a spreadsheet.
func file(t testing.TB, rows ...app.TermijnRij) string {
	t.Helper()
	texts, err := domain.LoadTexts()
	require.NoError(t, err)
	var out bytes.Buffer
	require.NoError(t, api.WriteTermijnen(&out, texts, func(each func(app.TermijnRij) error) error {
		for _, r := range rows {
			if err := each(r); err != nil {
				return err
			}
		}
		return nil
	}))
	return out.String()
}

// table reads a file as a spreadsheet does.
func table(t testing.TB, text string) [][]string {
	t.Helper()
	body, marked := strings.CutPrefix(text, "\ufeff")
	require.True(t, marked, "without a mark a spreadsheet reads another alphabet")
	rows := csv.NewReader(strings.NewReader(body))
	rows.Comma = ';'
	all, err := rows.ReadAll()
	require.NoError(t, err)
	return all
}

// row is a term of which provider is the name of the provider.
func row(provider string, days int) app.TermijnRij {
	return app.TermijnRij{
		TermijnRegel: domain.TermijnRegel{
			MeldingID: "0199", Kenmerk: "LMZ-7J34-78N7", TermijnAard: domain.TermijnAard{Soort: term.ReactieAanbieder}, Start: term.NewDate(2026, time.October, 21),
			Einddatum: term.NewDate(2026, time.December, 2), Sector: "ggz", Behandelaar: "m.devries",
		},
		Titel: "Reactie van de zorgaanbieder op de klacht", Eigenaar: term.VanAanbieder, Status: term.Lopend, Dagen: &days,
		Aanbieder: &domain.Aanbieder{Naam: provider, Plaats: "Delft"},
	}
}

func TestAFileOfTerms(t *testing.T) {
	text := file(t, row("De Linde", 12))
	require.Equal(t, "\ufeffKenmerk;Termijn;Wie is aan zet;Begin;Einddatum;Stand;Dagen over;Dagen te laat;Aanbieder;Plaats;Sector;Behandelaar;Melding\r\n"+
		"LMZ-7J34-78N7;Reactie van de zorgaanbieder op de klacht;zorgaanbieder;2026-10-21;2026-12-02;loopt;12;;De Linde;Delft;ggz;m.devries;0199\r\n", text)
	require.Len(t, table(t, file(t)), 1, "of nothing there are the heads alone")
}

func TestAFileKeepsWhatStandsInACell(t *testing.T) {
	for name, want := range map[string]string{
		"Zorg; thuis":      "Zorg; thuis",
		`De "Eik"`:         `De "Eik"`,
		"Één\r\nvan\ntwee": "Één van twee",
		"＝1":               "'＝1",
		"\r=1":             "' =1",
		" -1":              "' -1",
		"":                 "",
		"=HYPERLINK(1)":    "'=HYPERLINK(1)",
		"+31":              "'+31",
		"-1+2":             "'-1+2",
		"@SUM(A1)":         "'@SUM(A1)",
		"\t=1":             "'\t=1",
		"1=2":              "1=2",
		"a\xff":            "a\xff",
		`="a";=cmd|' /C'!`: `'="a";=cmd|' /C'!`,
	} {
		all := table(t, file(t, row(name, 1)))
		require.Len(t, all, 2)
		assert.Equal(t, want, all[1][8], name)
	}
}

// No number begins with a sign, which a spreadsheet may take for a formula.
func TestDaysThatAreOverAreAColumnOfTheirOwn(t *testing.T) {
	met := row("De Linde", 0)
	met.Dagen, met.Status, met.Eigenaar, met.Aanbieder = nil, term.TeLaatVoldaan, "", nil
	all := table(t, file(t, row("De Linde", 0), row("De Linde", -3), met))
	assert.Equal(t, []string{"0", ""}, all[1][6:8])
	assert.Equal(t, []string{"", "3"}, all[2][6:8])
	assert.Equal(t, []string{"te laat", "", "", "", ""}, all[3][5:10])
}

// FuzzNoCellIsAFormula holds every cell of a file, whatever the name of a provider.
func FuzzNoCellIsAFormula(f *testing.F) {
	for _, name := range []string{"De Linde", "=1", "\r=1", "\n-1", `";=1`, "\t@", "'=1", "a\r\n=1;b"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		all := table(t, file(t, row(name, -1)))
		require.Len(t, all, 2)
		require.Len(t, all[1], len(all[0]))
		for _, cell := range all[1] {
			require.NotContains(t, "=+-@\t", append([]byte(strings.TrimLeft(cell, " ")), 'a')[:1], "%q", cell)
			require.False(t, strings.ContainsAny(cell, "\r\n"), "%q", cell)
		}
	})
}

// broken takes n bytes and then no more.
type broken struct{ n int }

func (b *broken) Write(p []byte) (int, error) {
	if b.n -= len(p); b.n < 0 {
		return 0, io.ErrClosedPipe
	}
	return len(p), nil
}

func TestAFileThatCannotBeWrittenOrReadIsNoFile(t *testing.T) {
	texts, err := domain.LoadTexts()
	require.NoError(t, err)
	many := func(each func(app.TermijnRij) error) error {
		for range 10_000 {
			if err := each(row("De Linde", 1)); err != nil {
				return err
			}
		}
		return nil
	}
	require.ErrorIs(t, api.WriteTermijnen(&broken{100_000}, texts, many), io.ErrClosedPipe)
	require.ErrorIs(t, api.WriteTermijnen(&broken{0}, texts, func(func(app.TermijnRij) error) error { return nil }), io.ErrClosedPipe)
	gone := errors.New("gone")
	var out bytes.Buffer
	require.ErrorIs(t, api.WriteTermijnen(&out, texts, func(func(app.TermijnRij) error) error { return gone }), gone)
	require.Empty(t, out.String(), "nothing is written when there is nothing")
}

func TestWhoAsksForAFile(t *testing.T) {
	for accept, want := range map[string]bool{
		"":                                  false,
		"application/json":                  false,
		"*/*":                               false,
		"text/*":                            false,
		"text/csv":                          true,
		"text/csv; charset=utf-8":           true,
		"text/csv, */*":                     true,
		"text/csv;q=0.5, */*;q=0.9":         false,
		"text/csv, application/json":        false,
		"text/csv, application/json;q=0.9":  true,
		"text/csv;q=0, */*":                 false,
		"text/csv;q=0.2, application/*;q=0": true,
		"text/csv;;,":                       false,
	} {
		r := httptest.NewRequestWithContext(t.Context(), "GET", "/v1/termijnen?limit=1", nil)
		if accept != "" {
			r.Header.Set("Accept", accept)
		}
		assert.Equal(t, want, api.AsksFile(r), accept)
		r.URL.Path = "/v1/meldingen"
		assert.False(t, api.AsksFile(r), "there is no such file")
	}
}
