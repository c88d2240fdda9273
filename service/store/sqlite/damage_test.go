package sqlite_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

func TestMeldingThatCannotBeWrittenDownHarmsNoOther(t *testing.T) {
	s := openTemp(t)
	m := storetest.Melding(1)
	m.Advies.Signalen.Overschrijdingskans = math.NaN()
	require.ErrorContains(t, storetest.Bewaar(t.Context(), s, m, nil), "NaN")
	require.NoError(t, storetest.Bewaar(t.Context(), s, storetest.Melding(1), nil))
	require.NoError(t, storetest.Bewaar(t.Context(), s, storetest.Melding(2), nil))
}

func TestDocumentThatIsDamagedIsUnavailable(t *testing.T) {
	s := openTemp(t)
	require.NoError(t, storetest.Bewaar(t.Context(), s, storetest.Melding(1), nil))
	_, err := plain(t, s.path).Exec(`UPDATE melding SET doc = 'weg'`)
	require.NoError(t, err)
	_, err = s.Melding(t.Context(), storetest.Melding(1).ID)
	storetest.RequireFailure(t, err, domain.Unavailable)
	for _, q := range []domain.MeldingVraag{{}, {Van: storetest.Melding(1).Dag}} {
		q.Volgorde, q.Aantal = domain.OpUrgentie, 5
		_, err = s.Meldingen(t.Context(), q)
		storetest.RequireFailure(t, err, domain.Unavailable)
	}
	_, err = s.EersteMelding(t.Context(), storetest.Melding(1).ID)
	storetest.RequireFailure(t, err, domain.Unavailable)
}

func TestIDOfAProviderIsNotGivenToAnother(t *testing.T) {
	s := openTemp(t)
	kept, err := s.Vestig(t.Context(), storetest.Aanbieder(1))
	require.NoError(t, err)
	other := storetest.Aanbieder(2)
	other.ID = kept.ID
	_, err = s.Vestig(t.Context(), other)
	storetest.RequireFailure(t, err, domain.Conflict)
	got, err := s.Aanbieder(t.Context(), kept.ID)
	require.NoError(t, err)
	require.Equal(t, kept, got)
}
