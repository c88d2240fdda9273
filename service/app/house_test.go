package app_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
)

func actor() domain.Actor { return domain.Actor{ID: "systeem-1", Rol: domain.Systeem} }

// asked is a question on which these facts alone are known.
func asked(threat, violence string) domain.Aanvraag {
	kind, day := "klacht", "2026-11-20"
	return domain.Aanvraag{
		Peildatum: &day,
		Melding: domain.AanvraagMelding{
			Soort: &kind, Feiten: domain.AanvraagFeiten{Bedreiging: &threat, Geweld: &violence},
		},
	}
}

// shipped starts a house with the policy of the service.
func shipped(t *testing.T) (*apptest.House, *apptest.Meter) {
	t.Helper()
	meter := apptest.NewMeter()
	return apptest.Open(t, meter, apptest.Shipped(t)), meter
}

// small starts a house with the policy of two criteria, or a variant of it.
func small(t *testing.T, variant string) (*apptest.House, *apptest.Meter) {
	t.Helper()
	meter := apptest.NewMeter()
	return apptest.Open(t, meter, apptest.Small(t, variant)), meter
}

// requireFaults requires that err names exactly these fields, each with the code
// after the space.
func requireFaults(t *testing.T, err error, want ...string) {
	t.Helper()
	require.True(t, domain.IsCode(err, domain.Invalid), "%v", err)
	var got []string
	for _, f := range domain.AsError(err).Faults {
		got = append(got, f.Field+" "+f.Code)
	}
	require.ElementsMatch(t, want, got)
}

// reason is why the policy failed.
func reason(t *testing.T, err error) policy.Reason {
	t.Helper()
	require.True(t, domain.IsCode(err, domain.PolicyFailed), "%v", err)
	var f *policy.EvaluationError
	require.True(t, errors.As(err, &f))
	return f.Reason
}

// series makes a series of questions without marks.
func series(questions ...domain.Aanvraag) []app.ReeksVraag {
	out := make([]app.ReeksVraag, 0, len(questions))
	for _, q := range questions {
		out = append(out, app.ReeksVraag{Aanvraag: q})
	}
	return out
}
