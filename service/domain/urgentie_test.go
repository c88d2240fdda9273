package domain_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Who asks for one advice reads a range of the queue: it holds those and no others.
func TestTheMeldingenOfAnAdviceStandTogetherInTheQueue(t *testing.T) {
	advices := append(domain.Adviezen(), domain.Beoordelen)
	rapid.Check(t, func(r *rapid.T) {
		draw := func(label string) domain.Melding {
			m := domain.Melding{
				ID: rapid.StringMatching(`[0-9a-f]{8}`).Draw(r, label+" id"), Status: rapid.SampledFrom(domain.MeldingStatussen()).Draw(r, label+" status"),
				OntvangenOp: time.UnixMilli(rapid.Int64Range(0, 4e12).Draw(r, label+" received")),
				Advies:      domain.MeldingAdvies{Advies: rapid.SampledFrom(advices).Draw(r, label+" advice")},
			}
			if rapid.Bool().Draw(r, label+" has a term") {
				m.Termijnen = []domain.MeldingTermijn{answerTerm(term.NewDate(2026, 1, rapid.IntRange(1, 366).Draw(r, label+" day")))}
			}
			return m
		}
		one, other := draw("one"), draw("other")
		van, tot := domain.UrgentieVan(one.Advies.Advies, one.Status)
		require.True(r, van < one.Urgentie() && one.Urgentie() < tot && tot < domain.NaUrgentie)
		closed := one.Status == domain.StatusAfgesloten
		alike := one.Advies.Advies == other.Advies.Advies && closed == (other.Status == domain.StatusAfgesloten)
		require.Equal(r, alike, van < other.Urgentie() && other.Urgentie() < tot)
		if !closed && other.Status == domain.StatusAfgesloten {
			require.Less(r, one.Urgentie(), other.Urgentie(), "what is closed comes last")
		}
	})
}
