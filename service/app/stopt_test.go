package app_test

import (
	"context"
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
)

// stopping is a store of which the process stops after some writes: from then on
// nothing gets through.
type stopping struct {
	store.Store
	lock    sync.Mutex
	left    int
	stopped bool
}

func (s *stopping) may() error {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.left == 0 {
		s.stopped = true
	}
	if s.stopped {
		return &domain.Error{Code: domain.Unavailable, Key: "fout.niet_beschikbaar"}
	}
	s.left--
	return nil
}

func (s *stopping) LegVast(ctx context.Context, k domain.Sleutel) (domain.Sleutel, error) {
	if err := s.may(); err != nil {
		return k, err
	}
	return s.Store.LegVast(ctx, k)
}

func (s *stopping) Vestig(ctx context.Context, a domain.Aanbieder) (domain.Aanbieder, error) {
	if err := s.may(); err != nil {
		return a, err
	}
	return s.Store.Vestig(ctx, a)
}

func (s *stopping) BewaarMelding(ctx context.Context, m domain.Melding, bij store.Bij) (domain.SignaalTelling, error) {
	if err := s.may(); err != nil {
		return domain.SignaalTelling{}, err
	}
	return s.Store.BewaarMelding(ctx, m, bij)
}

func (s *stopping) VervangMelding(ctx context.Context, m domain.Melding, bij store.Bij) error {
	if err := s.may(); err != nil {
		return err
	}
	return s.Store.VervangMelding(ctx, m, bij)
}

func (s *stopping) Hertel(ctx context.Context, h store.Hertel) error {
	if err := s.may(); err != nil {
		return err
	}
	return s.Store.Hertel(ctx, h)
}

func (s *stopping) Herteld(ctx context.Context, h store.Herteling) error {
	if err := s.may(); err != nil {
		return err
	}
	return s.Store.Herteld(ctx, h)
}

// at tells of a provider and a day it was received.
func at(provider, day string) func(*domain.Opgave) {
	return func(o *domain.Opgave) {
		o.Aanbieder.Naam, o.Melding.Ontvangstdatum = provider, ptr(day)
	}
}

// correct changes the melding id as change says.
func correct(ctx context.Context, a *app.App, id string, change func(*domain.Opgave)) error {
	_, err := a.WijzigMelding(ctx, actor(), id, app.Voorwaarde{Elke: true}, func(o domain.Opgave) (domain.Opgave, error) {
		named := *o.Aanbieder
		o.Aanbieder = &named
		change(&o)
		return o, nil
	})
	return err
}

// Whatever a process was doing when it stopped: after the next sweep the advice on
// every melding rests on all of them.
func TestAStopBetweenAnyTwoWritesIsMadeWholeByTheNextSweep(t *testing.T) {
	for name, do := range map[string]func(ctx context.Context, a *app.App, first, n string) error{
		"receiving the one that makes it a signal, also for later days": func(ctx context.Context, a *app.App, _, n string) error {
			_, err := a.Ontvang(ctx, actor(), told(at("De Linde"+n, "2026-11-10")), once("k"+n, "a"))
			return err
		},
		"receiving the one that makes it a signal, the newest": func(ctx context.Context, a *app.App, _, n string) error {
			_, err := a.Ontvang(ctx, actor(), told(at("De Wilg"+n, "2026-11-20")), once("k"+n, "a"))
			return err
		},
		"moving one to a provider of which it is a signal then": func(ctx context.Context, a *app.App, first, n string) error {
			return correct(ctx, a, first, at("De Eik"+n, "2026-11-10"))
		},
		"making one a question, which does not count": func(ctx context.Context, a *app.App, first, _ string) error {
			return correct(ctx, a, first, func(o *domain.Opgave) { o.Melding.Soort = ptr("vraag") })
		},
		"sweeping what was noted": func(ctx context.Context, a *app.App, first, n string) error {
			if err := correct(ctx, a, first, at("De Eik"+n, "2026-11-09")); err != nil {
				return err
			}
			_, err := a.Veeg(ctx, nil)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			h, _ := shipped(t)
			for writes, done := 0, false; !done; writes++ {
				n := " " + strconv.Itoa(writes) // providers of its own
				first := receive(t, h, told(at("De Linde"+n, "2026-11-10"))).Melding.ID
				for _, of := range []struct{ provider, day string }{
					{"De Linde", "2026-11-10"},
					{"De Linde", "2026-11-10"},
					{"De Linde", "2026-11-12"},
					{"De Eik", "2026-11-10"},
					{"De Eik", "2026-11-10"},
					{"De Eik", "2026-11-10"},
					{"De Eik", "2026-11-20"},
					{"De Wilg", "2026-11-20"},
					{"De Wilg", "2026-11-20"},
					{"De Wilg", "2026-11-20"},
				} {
					receive(t, h, told(at(of.provider+n, of.day)))
				}
				dying := &stopping{Store: h.Store, left: writes}
				err := do(t.Context(), h.Over(t, dying, apptest.NewMeter()), first, n)
				done = !dying.stopped
				require.Equal(t, done, err == nil, "%v", err)
				_, err = h.App.Veeg(t.Context(), nil)
				require.NoError(t, err)
				requireCounted(t, h)
				assert.False(t, t.Failed(), "stopped after %d writes", writes)
				require.NoError(t, do(t.Context(), h.App, first, n), "and it can be done again")
				_, err = h.App.Veeg(t.Context(), nil)
				require.NoError(t, err)
				requireCounted(t, h)
				require.Less(t, writes, 50)
			}
		})
	}
}
