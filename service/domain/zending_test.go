package domain_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

func TestAMessageIsTriedLessAndLessOften(t *testing.T) {
	now := time.Date(2026, 11, 20, 22, 0, 0, 0, time.UTC)
	p := domain.Post{Stand: domain.PostWacht}
	for _, minutes := range []int{2, 4, 8, 16, 32, 60, 60, 60} {
		p = p.Begin(now)
		assert.Equal(t, now.Add(time.Duration(minutes)*time.Minute), p.Volgende)
		assert.Equal(t, domain.PostWacht, p.Stand)
		now = p.Volgende
	}
	assert.Equal(t, 8, p.Pogingen)
}

func TestAMessageIsGivenUpWhenItIsRefusedForGoodOrTriedLongEnough(t *testing.T) {
	begin := time.Date(2026, 11, 20, 22, 0, 0, 0, time.UTC)
	soon := &domain.VerzendError{Reden: domain.RedenVerbinding}
	for name, c := range map[string]struct {
		why   *domain.VerzendError
		tries int
		after time.Duration
		want  domain.PostStand
	}{
		"refused for good at once":       {&domain.VerzendError{Reden: domain.RedenAdres, Definitief: true}, 1, 0, domain.PostOpgegeven},
		"failed once":                    {soon, 1, 0, domain.PostWacht},
		"failed for nearly three days":   {soon, 70, 72*time.Hour - 1, domain.PostWacht},
		"failed for three days":          {soon, 70, 72 * time.Hour, domain.PostOpgegeven},
		"failed at once after a weekend": {soon, 1, 110 * time.Hour, domain.PostWacht},
		"failed nine times, after long":  {soon, 9, 200 * time.Hour, domain.PostWacht},
		"failed ten times, after long":   {soon, 10, 200 * time.Hour, domain.PostOpgegeven},
	} {
		t.Run(name, func(t *testing.T) {
			b := domain.Bericht{Op: begin, Post: domain.Post{Stand: domain.PostWacht}}
			for range c.tries {
				b.Post = b.Post.Begin(begin.Add(c.after))
			}
			got := b.NaFout(c.why, begin.Add(c.after))
			assert.Equal(t, c.want, got.Stand)
			assert.Equal(t, c.tries, got.Pogingen)
			assert.Equal(t, c.want == domain.PostOpgegeven, got.Volgende.IsZero(), "what is given up is never due")
		})
	}
}

func TestWhoAsksToWaitLongerIsHeard(t *testing.T) {
	now := time.Date(2026, 11, 20, 22, 0, 0, 0, time.UTC)
	b := domain.Bericht{Op: now, Post: domain.Post{Stand: domain.PostWacht}.Begin(now)}
	assert.Equal(t, now.Add(time.Hour), b.NaFout(&domain.VerzendError{Wacht: time.Hour}, now).Volgende)
	assert.Equal(t, now.Add(2*time.Minute), b.NaFout(&domain.VerzendError{Wacht: time.Second}, now).Volgende, "never sooner")
	assert.Equal(t, now, b.Post.Terug(now).Volgende)
}

func TestAMessageThatFailsIsTriedAtLeastEveryHourUntilItIsGivenUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		begin := time.Date(2026, 11, 20, 22, 0, 0, 0, time.UTC)
		b := domain.Bericht{Op: begin, Post: domain.Post{Stand: domain.PostWacht}}
		now := begin.Add(time.Duration(rapid.Int64Range(0, int64(200*time.Hour)).Draw(t, "first")))
		for b.Post.Stand == domain.PostWacht {
			now = now.Add(time.Duration(rapid.Int64Range(0, int64(time.Minute)).Draw(t, "late")))
			was := b.Post
			b.Post = b.Post.Begin(now)
			assert.Equal(t, was.Pogingen+1, b.Post.Pogingen)
			wait := b.Post.Volgende.Sub(now)
			assert.GreaterOrEqual(t, wait, domain.PostWachtMinst, "long enough to be sure that it failed")
			assert.LessOrEqual(t, wait, domain.PostWachtHoogst)
			b.Post = b.NaFout(&domain.VerzendError{Reden: domain.RedenTijd}, now)
			if b.Post.Stand == domain.PostWacht {
				now = b.Post.Volgende
			}
		}
		assert.GreaterOrEqual(t, b.Post.Pogingen, domain.PostPogingen)
		assert.GreaterOrEqual(t, now.Sub(begin), domain.PostVolhouden)
		assert.LessOrEqual(t, b.Post.Pogingen, 200)
	})
}

func TestAReminderHoldsAsLongAsItsTermIsOpenAndEndsThen(t *testing.T) {
	end := day(t, "2026-11-30")
	one := domain.MeldingTermijn{Soort: "reactie_aanbieder", Grond: domain.GrondKlacht, Einddatum: end}
	b := domain.Bericht{Soort: domain.BerichtHerinnering, Termijn: one.Soort, Grond: one.Grond, Einddatum: end}
	for name, c := range map[string]struct {
		change func(*domain.MeldingTermijn)
		want   bool
	}{
		"as it was":         {func(*domain.MeldingTermijn) {}, true},
		"met":               {func(x *domain.MeldingTermijn) { x.VoldaanOp = end }, false},
		"ended":             {func(x *domain.MeldingTermijn) { x.BeeindigdOp = end }, false},
		"of another end":    {func(x *domain.MeldingTermijn) { x.Einddatum = end.AddDays(1) }, false},
		"of another ground": {func(x *domain.MeldingTermijn) { x.Grond = "x" }, false},
		"of another kind":   {func(x *domain.MeldingTermijn) { x.Soort = "terugbellen_lmz" }, false},
		"of another party":  {func(x *domain.MeldingTermijn) { x.Partij = "melder" }, false},
	} {
		t.Run(name, func(t *testing.T) {
			x := one
			c.change(&x)
			m := domain.Melding{Termijnen: []domain.MeldingTermijn{{Soort: "besluit_onderzoek"}, x}}
			assert.Equal(t, c.want, m.Zegt(b))
		})
	}
	assert.False(t, (&domain.Melding{}).Zegt(b), "the term lapsed")
}

func TestAnAlarmHoldsUntilItEndsOrIsGivenAgain(t *testing.T) {
	now := time.Date(2026, 11, 20, 22, 0, 0, 0, time.UTC)
	var m domain.Melding
	m.Adviseer(domain.MeldingAdvies{Advies: domain.Beoordelen, Aanleiding: domain.BijOntvangst, Op: now}, someone())
	require.True(t, m.AlarmRonde(nil, now, someone()))
	a, _ := m.Alarm()
	first := m.AlarmBericht(a, now, domain.Geadresseerde{Gebruiker: domain.Gebruiker{ID: "x", EMail: "x@example.nl"}})
	assert.True(t, m.Zegt(first))
	require.True(t, m.AlarmRonde(nil, now.Add(15*time.Minute), someone()))
	assert.False(t, m.Zegt(first), "a later round says the same and more")
	a, _ = m.Alarm()
	second := m.AlarmBericht(a, now.Add(15*time.Minute), domain.Geadresseerde{})
	assert.True(t, m.Zegt(second))
	_, err := m.NeemAan(now.Add(16*time.Minute), someone(), "")
	require.NoError(t, err)
	assert.False(t, m.Zegt(second), "somebody took it on")
	m.Adviseer(domain.MeldingAdvies{Advies: domain.Escaleren, Aanleiding: domain.BijSignalen, Op: now.Add(17 * time.Minute)}, someone())
	_, open := m.Alarm()
	require.True(t, open)
	assert.False(t, m.Zegt(second), "the alarm that is open now is another")
}

func TestWhyAMessageWasNotSentMayBeLogged(t *testing.T) {
	cause := errors.New("connection refused")
	for want, e := range map[string]*domain.VerzendError{
		"send message: adres (550)":                    {Reden: domain.RedenAdres, Code: 550},
		"send message: verbinding: connection refused": {Reden: domain.RedenVerbinding, Cause: cause},
		"send message: tijd":                           {Reden: domain.RedenTijd},
	} {
		assert.EqualError(t, e, want)
	}
	assert.ErrorIs(t, &domain.VerzendError{Cause: cause}, cause)
}
