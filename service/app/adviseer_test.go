package app_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/fixtures/orakel"
	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

func TestAnAdviceIsKeptAndReadsTheSame(t *testing.T) {
	h, meter := shipped(t)
	q := asked("mogelijk", "nee")
	q.Bandbreedte = true
	got, err := h.App.Adviseer(t.Context(), actor(), q)
	require.NoError(t, err)
	assert.Equal(t, domain.Onderzoeken, got.Advies)
	assert.Len(t, got.Criteria, 11)
	assert.Equal(t, apptest.Begin(), got.OpgesteldOp)
	assert.Equal(t, &domain.AdviesBandbreedte{Laagste: domain.Doorsturen, Hoogste: domain.Escaleren}, got.Bandbreedte)
	assert.Equal(t, uuid.Version(7), uuid.MustParse(got.ID).Version())

	again, err := h.App.LeesAdvies(t.Context(), actor(), got.ID)
	require.NoError(t, err)
	assert.Equal(t, got, again)

	kept, err := h.Store.Advies(t.Context(), got.ID)
	require.NoError(t, err)
	assert.Equal(t, actor(), kept.Actor)
	assert.Equal(t, policy.Engine(), kept.Motor)
	assert.NotEmpty(t, kept.KalenderDigest)
	assert.Contains(t, string(kept.Invoer), `"bedreiging":"mogelijk"`)
	advised, failed := meter.Counts()
	assert.Equal(t, map[domain.Advies]int{domain.Onderzoeken: 1}, advised)
	assert.Empty(t, failed)
}

func TestAnAdviceExplainsItself(t *testing.T) {
	h, _ := shipped(t)
	got, err := h.App.Adviseer(t.Context(), actor(), asked("ja", "onbekend"))
	require.NoError(t, err)
	assert.Nil(t, got.Bandbreedte, "it was not asked for")
	threat := got.Criteria[0]
	assert.Equal(t, "ernstige_bedreiging", threat.Code)
	assert.Equal(t, domain.Ja, threat.Uitkomst)
	assert.Equal(t, []domain.FeitWaarde{{Veld: "melding.feiten.bedreiging", Waarde: "ja"}}, threat.Feiten)
	for _, c := range got.Criteria {
		assert.NotEmpty(t, c.Toelichting, c.Code)
		assert.NotEmpty(t, c.Bron.Titel, c.Code)
		assert.Regexp(t, "^https?://", c.Bron.Verwijzing, c.Code)
	}
	for _, s := range got.Stappen {
		assert.NotEmpty(t, s.Titel, s.Code)
		assert.NotEmpty(t, s.Toelichting, s.Code)
	}
}

func TestTodayIsTheDayInAmsterdam(t *testing.T) {
	h, _ := small(t, "")
	h.Clock.Set(time.Date(2026, time.June, 30, 22, 0, 0, 0, time.UTC))
	q := asked("nee", "nee")
	q.Peildatum = nil
	got, err := h.App.Adviseer(t.Context(), actor(), q)
	require.NoError(t, err)
	assert.Equal(t, term.NewDate(2026, time.July, 1), got.Peildatum, "it is past midnight there")
}

func TestEveryFaultOfAQuestionIsNamedAtOnce(t *testing.T) {
	h, meter := small(t, "")
	q := asked("nee", "nee")
	later, id := "2026-11-21", "bestaat-niet"
	q.Melding.Ontvangstdatum, q.Aanbieder = &later, &domain.AanvraagAanbieder{ID: &id}
	q.Faults = []domain.Fault{{Field: "melding.sector", Code: "waarde"}}
	_, err := h.App.Adviseer(t.Context(), actor(), q)
	requireFaults(t, err, "melding.sector waarde", "melding.ontvangstdatum na_peildatum", "aanbieder.id onbekende_aanbieder")
	assert.Zero(t, h.Logged(t))
	advised, failed := meter.Counts()
	assert.Empty(t, advised)
	assert.Empty(t, failed, "a fault of the caller is no failure of the policy")
}

func TestAProviderIsKnownByItsIDOrItsFigures(t *testing.T) {
	h, _ := small(t, "")
	id, empty := "aanbieder-1", ""
	figures := &domain.Signalen{Aantal365: 3, Overschrijdingskans: 1}
	for name, c := range map[string]struct {
		provider *domain.AanvraagAanbieder
		faults   []domain.Fault
		want     []string
	}{
		"no provider":                         {nil, nil, nil},
		"figures alone":                       {&domain.AanvraagAanbieder{Signalen: figures}, nil, nil},
		"figures beside an id":                {&domain.AanvraagAanbieder{ID: &id, Signalen: figures}, nil, nil},
		"a provider of which nothing is said": {&domain.AanvraagAanbieder{}, nil, nil},
		"an empty id":                         {&domain.AanvraagAanbieder{ID: &empty}, nil, nil},
		"an id that nobody knows":             {&domain.AanvraagAanbieder{ID: &id}, nil, []string{"aanbieder.id onbekende_aanbieder"}},
		"an id beside figures that could not be read": {
			&domain.AanvraagAanbieder{ID: &id},
			[]domain.Fault{{Field: "aanbieder.signalen", Code: "onvolledig"}},
			[]string{"aanbieder.signalen onvolledig"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			q := asked("nee", "nee")
			q.Aanbieder, q.Faults = c.provider, c.faults
			_, err := h.App.Adviseer(t.Context(), actor(), q)
			if len(c.want) == 0 {
				require.NoError(t, err)
				return
			}
			requireFaults(t, err, c.want...)
		})
	}
}

func TestAPolicyThatFailsGivesNoAdviceAndIsCounted(t *testing.T) {
	for variant, want := range map[string]policy.Reason{
		"onbekend advies": policy.Malformed, "geen waarde": policy.Undefined, "twee waarden voor een regel": policy.Erred,
	} {
		t.Run(variant, func(t *testing.T) {
			h, meter := small(t, variant)
			_, err := h.App.Adviseer(t.Context(), actor(), asked("ja", "nee"))
			assert.Equal(t, want, reason(t, err))
			q := asked("ja", "nee")
			q.Bandbreedte = true
			_, err = h.App.Adviseer(t.Context(), actor(), q)
			assert.Equal(t, want, reason(t, err))
			advised, failed := meter.Counts()
			assert.Empty(t, advised)
			assert.Equal(t, map[policy.Reason]int{want: 2}, failed)
			assert.Zero(t, h.Logged(t))
		})
	}
}

func TestWithoutAStoreThereIsNoAdvice(t *testing.T) {
	h, meter := small(t, "")
	require.NoError(t, h.Store.Close())
	_, err := h.App.Adviseer(t.Context(), actor(), asked("ja", "nee"))
	require.True(t, domain.IsCode(err, domain.Unavailable), "%v", err)
	advised, _ := meter.Counts()
	assert.Empty(t, advised, "what was not kept was not given")
}

func TestACallerThatIsGoneGetsNothingKept(t *testing.T) {
	h, _ := small(t, "")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := h.App.Adviseer(ctx, actor(), asked("ja", "nee"))
	require.Error(t, err)
	assert.Zero(t, h.Logged(t))
}

func TestATryKeepsNothingAndSaysTheSame(t *testing.T) {
	h, meter := shipped(t)
	active, err := h.Policies.Active()
	require.NoError(t, err)
	q := asked("ja", "nee")
	q.Bandbreedte = true
	tried, err := h.App.Proef(t.Context(), actor(), q, active.Version)
	require.NoError(t, err)
	assert.Empty(t, tried.ID)
	assert.Zero(t, h.Logged(t))
	advised, _ := meter.Counts()
	assert.Empty(t, advised)
	given, err := h.App.Adviseer(t.Context(), actor(), q)
	require.NoError(t, err)
	assert.Equal(t, given.Beleid.Digest, tried.Beleid.Digest)
	tried.ID, tried.Beleid = given.ID, given.Beleid
	assert.Equal(t, given, tried)

	bad := "2027-01-01"
	q.Melding.Ontvangstdatum = &bad
	_, err = h.App.Proef(t.Context(), actor(), q, active.Version)
	requireFaults(t, err, "melding.ontvangstdatum na_peildatum")
}

func TestATryOfAPolicyThatFailsSaysSo(t *testing.T) {
	h, _ := small(t, "geen waarde")
	active, err := h.Policies.Active()
	require.NoError(t, err)
	_, err = h.App.Proef(t.Context(), actor(), asked("ja", "nee"), active.Version)
	assert.Equal(t, policy.Undefined, reason(t, err))
}

func TestMakingAFactKnownNeverLeavesTheBandwidth(t *testing.T) {
	h, _ := shipped(t)
	today := term.NewDate(2026, time.November, 20)
	rapid.Check(t, func(r *rapid.T) {
		in := orakel.Invoer().Draw(r, "in")
		q := orakel.Aanvraag(in, today).Draw(r, "question")
		if q.Aanbieder != nil && q.Aanbieder.Signalen == nil {
			q.Aanbieder = nil // this store knows no providers
		}
		q.Bandbreedte = true
		before := try(r, h, q)
		unknown := in.OnbekendeFeiten()
		if len(unknown) == 0 {
			require.Equal(r, before.Advies, before.Bandbreedte.Laagste)
			require.Equal(r, before.Advies, before.Bandbreedte.Hoogste)
			require.Empty(r, before.Ontbrekend)
			return
		}
		learn(r, &q, in, rapid.SampledFrom(unknown).Draw(r, "fact"))
		after := try(r, h, q)
		low, high := before.Bandbreedte.Laagste.Rang(), before.Bandbreedte.Hoogste.Rang()
		require.GreaterOrEqual(r, after.Advies.Rang(), low)
		require.LessOrEqual(r, after.Advies.Rang(), high)
		require.GreaterOrEqual(r, after.Bandbreedte.Laagste.Rang(), low)
		require.LessOrEqual(r, after.Bandbreedte.Hoogste.Rang(), high)
	})
}

// try asks without keeping, so that many questions cost little.
func try(r *rapid.T, h *apptest.House, q domain.Aanvraag) domain.TriageAdvies {
	active, err := h.Policies.Active()
	require.NoError(r, err)
	got, err := h.App.Proef(r.Context(), actor(), q, active.Version)
	require.NoError(r, err)
	return got
}

// learn makes one unknown fact of q known.
func learn(r *rapid.T, q *domain.Aanvraag, in domain.TriageInvoer, f domain.VraagbaarFeit) {
	if f.Veld == domain.VeldGebeurtenis {
		g := rapid.SampledFrom(in.GebeurtenisGevallen()).Draw(r, "event")
		from, to := g.Van.String(), g.Tot.String()
		q.Melding.Gebeurtenis = &domain.AanvraagGebeurtenis{Van: &from, Tot: &to}
		return
	}
	value, facts := rapid.SampledFrom(f.Waarden).Draw(r, "value"), &q.Melding.Feiten
	*map[string]**string{
		"melding.feiten.bedreiging": &facts.Bedreiging, "melding.feiten.bedreigingActueel": &facts.BedreigingActueel,
		"melding.feiten.directeMaatregelen": &facts.DirecteMaatregelen, "melding.feiten.geweld": &facts.Geweld,
		"melding.feiten.schade": &facts.Schade, "melding.feiten.schadeDoorZorg": &facts.SchadeDoorZorg,
	}[f.Veld] = &value
}

var _ app.Meter = (*apptest.Meter)(nil)
