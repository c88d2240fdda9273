package domain_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

func TestAFailureIsFoundThroughWhatWrapsIt(t *testing.T) {
	refused := &domain.Error{Code: domain.Conflict, Key: "fout.conflict", Cause: io.ErrUnexpectedEOF}
	wrapped := fmt.Errorf("keep advice: %w", refused)
	assert.Same(t, refused, domain.AsError(wrapped))
	assert.True(t, domain.IsCode(wrapped, domain.Conflict))
	assert.False(t, domain.IsCode(wrapped, domain.NotFound))
	require.ErrorIs(t, wrapped, io.ErrUnexpectedEOF, "the cause can be asked for")
}

func TestAnErrorOfSomebodyElseIsOursAndShowsNothing(t *testing.T) {
	secret := errors.New("no such table: advies")
	got := domain.AsError(secret)
	assert.Equal(t, domain.Internal, got.Code)
	assert.Equal(t, "fout.intern", got.Key)
	assert.Empty(t, got.Args)
	assert.Empty(t, got.Faults)
	require.ErrorIs(t, got, secret)
	assert.False(t, domain.IsCode(secret, domain.Internal), "it is not known to be one of ours")
}

func TestTheLogLineNamesCodeKeyAndCause(t *testing.T) {
	e := &domain.Error{Code: domain.NotFound, Key: "fout.niet_gevonden"}
	assert.Equal(t, "niet_gevonden (fout.niet_gevonden)", e.Error())
	e.Cause = io.EOF
	assert.Equal(t, "niet_gevonden (fout.niet_gevonden): EOF", e.Error())
}

func TestInputThatIsRefusedNamesItsFaults(t *testing.T) {
	faults := []domain.Fault{{Field: "melding.soort", Code: "verplicht"}}
	got := domain.InvalidInput(faults)
	assert.Equal(t, domain.Invalid, got.Code)
	assert.Equal(t, faults, got.Faults)
}

func TestAValueIsNotKnownWhenItOrWhatHoldsItWasRefused(t *testing.T) {
	faults := []domain.Fault{{Field: "melding.gebeurtenis"}, {Field: "items[3]"}, {Field: "aanbieder.signalen.aantal30"}}
	for field, unknown := range map[string]bool{
		"melding.gebeurtenis":           true,
		"melding.gebeurtenis.van":       true,
		"melding.gebeurtenissen":        false,
		"melding":                       false,
		"items[3].invoer":               true,
		"items[33].invoer":              false,
		"aanbieder.signalen":            false,
		"aanbieder.signalen.aantal30":   true,
		"aanbieder.signalen.aantal365":  false,
		"aanbieder.signalen.aantal30.x": true,
	} {
		assert.Equal(t, unknown, domain.Unreadable(faults, field), field)
	}
	assert.True(t, domain.Unreadable(faults, "peildatum", "items[3]"), "one of them is enough")
	assert.False(t, domain.Unreadable(nil, "melding"))
	assert.False(t, domain.Unreadable(faults))
}
