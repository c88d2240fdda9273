package post_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

func TestAMailIsThisByteForByte(t *testing.T) {
	after := herinnering(t)
	after.Dagen = 7
	for name, b := range map[string]domain.Bericht{"herinnering": herinnering(t), "verstreken": after, "alarm": alarm(), "bundel": bundel()} {
		t.Run(name, func(t *testing.T) {
			s, v := start(t)
			require.NoError(t, v.Verzend(t.Context(), b, aan, ga))
			require.NoError(t, v.Verzend(t.Context(), b, aan, ga))
			got := s.Mails()
			require.Len(t, got, 2)
			assert.Equal(t, got[0], got[1], "the same message is the same mail")
			assert.Equal(t, "lmz@zorgmeldingen.example", got[0].Van)
			assert.Equal(t, aan, got[0].Aan)
			path := filepath.Join("testdata", name+".eml")
			if os.Getenv("UPDATE_GOLDEN") != "" {
				require.NoError(t, os.WriteFile(path, []byte(got[0].Ruw), 0o600))
			}
			want, err := os.ReadFile(path)
			require.NoError(t, err)
			assert.Equal(t, string(want), got[0].Ruw)
			assert.NotContains(t, got[0].Ruw, "geheim", "no id of a melding, a user or a ground")
		})
	}
}

func TestAMailHasWhatAProgramMustHave(t *testing.T) {
	s, v := start(t)
	b := herinnering(t)
	require.NoError(t, v.Verzend(t.Context(), b, "Jan de Vries <"+aan+">", ga))
	m := s.Mails()[0]
	assert.Equal(t, "<"+b.ID+"@zorgmeldingen.example>", m.Kop("Message-ID"))
	assert.Equal(t, "auto-generated", m.Kop("Auto-Submitted"))
	assert.Equal(t, "Mon, 23 Nov 2026 08:00:00 +0100", m.Kop("Date"))
	assert.Equal(t, "<"+aan+">", m.Kop("To"), "without the name of the receiver")
	assert.Equal(t, "text/plain; charset=UTF-8", m.Kop("Content-Type"))
	assert.Empty(t, m.Kop("User-Agent"))
	for line := range strings.SplitSeq(strings.TrimSuffix(m.Ruw, "\r\n"), "\r\n") {
		assert.LessOrEqual(t, len(line), 78, line)
		assert.NotContains(t, line, "\n")
	}
}

func TestNoAddressAddsAWordToTheDialogueOrAHeaderToTheMail(t *testing.T) {
	s, v := start(t)
	parts := rapid.SliceOfN(rapid.SampledFrom([]string{
		"jan", "@", "example.nl", "\r\n", "\n", "\r", "Bcc: x@example.nl", ">", "<", ",", " ", "\"", ".", "RCPT TO:<x@example.nl>", "é", "\x00", "\\", ";", "(x)",
	}), 0, 8)
	rapid.Check(t, func(r *rapid.T) {
		address := strings.Join(parts.Draw(r, "address"), "")
		before := len(s.Mails())
		err := v.Verzend(t.Context(), herinnering(t), address, ga)
		got := s.Mails()[before:]
		if err != nil {
			require.Empty(r, got)
			return
		}
		require.Len(r, got, 1)
		head, _, _ := strings.Cut(got[0].Ruw, "\r\n\r\n")
		require.Equal(r, 9, strings.Count(strings.ReplaceAll(head, "\r\n ", " "), "\r\n"), "the same ten headers as ever: %s", head)
		require.Equal(r, "<"+got[0].Aan+">", got[0].Kop("To"))
		require.NotContains(r, head, "Bcc")
	})
}

func TestAnAddressThatIsNoneIsGivenUpWithoutAskingTheServer(t *testing.T) {
	s, v := start(t)
	for _, wrong := range []string{"", "jan", "jan@", "jan@example.nl, piet@example.nl", "jan@example.nl\r\nBcc: x@example.nl", "ján@example.nl", "\"a\r\nb\"@example.nl", "\"a>b\"@example.nl", "\"a b\"@example.nl"} {
		why := waarom(t, v.Verzend(t.Context(), herinnering(t), wrong, ga))
		assert.Equal(t, domain.RedenAdres, why.Reden, wrong)
		assert.True(t, why.Definitief)
	}
	assert.Empty(t, s.Mails())
}
