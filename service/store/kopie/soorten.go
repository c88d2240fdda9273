package kopie

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// How many are read at a time. A package is some hundred times as large as the rest.
const (
	most         = 200
	mostPakket   = 5
	mostNotities = 1_000_000
)

// kinds are all kinds, each after those it names.
func kinds() []kind {
	return []kind{pakketten(), activeringen(), kalenders(), sleutels(), aanbieders(), adviezen(), meldingen(), berichten(), hertelingen(), gebruikers(), diensten()}
}

// stukken writes values as texts.
func stukken[T any](list []T, key func(T) string, text func(T) (any, error)) ([]stuk, error) {
	out := make([]stuk, 0, len(list))
	for _, v := range list {
		form, err := text(v)
		if err != nil {
			return nil, err
		}
		raw, err := json.Marshal(form)
		if err != nil {
			return nil, fmt.Errorf("write piece: %w", err)
		}
		out = append(out, stuk{key(v), string(raw), v})
	}
	return out, nil
}

// values are the things of pieces.
func values[T any](list []stuk) []T {
	return vorm.Each(list, func(s stuk) T { return s.waarde.(T) })
}

// each keeps pieces one by one.
func each[T any](keep func(context.Context, store.Kopie, T) error) func(context.Context, store.Kopie, []stuk) error {
	return func(ctx context.Context, s store.Kopie, list []stuk) error {
		for _, v := range values[T](list) {
			if err := keep(ctx, s, v); err != nil {
				return err
			}
		}
		return nil
	}
}

// together keeps pieces at the same time, so that they share commits.
func together[T any](keep func(context.Context, store.Kopie, T) error) func(context.Context, store.Kopie, []stuk) error {
	return func(ctx context.Context, s store.Kopie, list []stuk) error {
		writers, inner := errgroup.WithContext(ctx)
		writers.SetLimit(most)
		for _, v := range values[T](list) {
			writers.Go(func() error { return keep(inner, s, v) })
		}
		return writers.Wait()
	}
}

// after gives at most n of a list that is read whole, by key, after na.
func after[T any](list []T, key func(T) string, na string, n int) []T {
	list = slices.DeleteFunc(slices.Clone(list), func(v T) bool { return key(v) <= na })
	slices.SortFunc(list, func(a, b T) int { return strings.Compare(key(a), key(b)) })
	return list[:min(n, len(list))]
}

// pakketten are the packages that were ever active.
func pakketten() kind {
	return kind{
		naam: "beleidspakketten",
		lees: func(ctx context.Context, s store.Kopie, na string) ([]stuk, error) {
			list, err := s.Activeringen(ctx)
			if err != nil {
				return nil, err
			}
			digest := func(a domain.Activering) string { return a.Digest }
			list = slices.CompactFunc(after(list, digest, na, len(list)), func(a, b domain.Activering) bool { return a.Digest == b.Digest })
			var out []domain.Beleidspakket
			for _, a := range list[:min(mostPakket, len(list))] {
				p, err := s.Pakket(ctx, a.Digest)
				if err != nil {
					return nil, err
				}
				out = append(out, p)
			}
			return stukken(out, func(p domain.Beleidspakket) string { return p.Digest }, func(p domain.Beleidspakket) (any, error) {
				catalogue, err := vorm.EncodeCatalogus(p.Catalogus)
				return []any{p.Bron, catalogue, p.Wasm, p.Motor, p.VastgelegdOp.UnixMilli()}, err
			})
		},
		zet: each(func(ctx context.Context, s store.Kopie, p domain.Beleidspakket) error { return s.BewaarPakket(ctx, p) }),
	}
}

// activeringen come in their order, and so get the versions that they have.
func activeringen() kind {
	key := func(a domain.Activering) string { return fmt.Sprintf("%012d", a.Versie) }
	return kind{
		naam: "activeringen",
		lees: func(ctx context.Context, s store.Kopie, na string) ([]stuk, error) {
			list, err := s.Activeringen(ctx)
			if err != nil {
				return nil, err
			}
			return stukken(after(list, key, na, most), key, func(a domain.Activering) (any, error) {
				return []any{a.Versie, a.Digest, a.GeldigVanaf.UnixMilli(), a.Door, a.Reden}, nil
			})
		},
		zet: each(func(ctx context.Context, s store.Kopie, a domain.Activering) error {
			_, err := s.Activeer(ctx, a)
			return err
		}),
	}
}

// kalenders come in their order, and so get the versions that they have.
func kalenders() kind {
	key := func(k domain.KalenderVersie) string { return fmt.Sprintf("%012d", k.Versie) }
	return kind{
		naam: "kalenders",
		lees: func(ctx context.Context, s store.Kopie, na string) ([]stuk, error) {
			list, err := s.Kalenders(ctx)
			if err != nil {
				return nil, err
			}
			return stukken(after(list, key, na, most), key, func(k domain.KalenderVersie) (any, error) { return vorm.EncodeKalender(k) })
		},
		zet: each(func(ctx context.Context, s store.Kopie, k domain.KalenderVersie) error {
			return s.BewaarKalender(ctx, k)
		}),
	}
}

func sleutels() kind {
	return kind{
		naam: "sleutels",
		lees: func(ctx context.Context, s store.Kopie, na string) ([]stuk, error) {
			list, err := s.AlleSleutels(ctx, na, most)
			if err != nil {
				return nil, err
			}
			return stukken(list, func(k domain.Sleutel) string { return k.Naam }, func(k domain.Sleutel) (any, error) {
				return []any{k.Digest, k.ID, k.Moment.UnixMilli()}, nil
			})
		},
		zet: together(func(ctx context.Context, s store.Kopie, k domain.Sleutel) error {
			_, err := s.LegVast(ctx, k)
			return err
		}),
	}
}

func aanbieders() kind {
	return kind{
		naam: "aanbieders",
		lees: func(ctx context.Context, s store.Kopie, na string) ([]stuk, error) {
			list, err := s.AlleAanbieders(ctx, na, most)
			if err != nil {
				return nil, err
			}
			return stukken(list, func(k store.AanbiederKopie) string { return k.Aanbieder.ID }, func(k store.AanbiederKopie) (any, error) { return k, nil })
		},
		zet: func(ctx context.Context, s store.Kopie, list []stuk) error {
			return s.ZetAanbieders(ctx, values[store.AanbiederKopie](list))
		},
	}
}

func adviezen() kind {
	return kind{
		naam: "adviezen",
		lees: func(ctx context.Context, s store.Kopie, na string) ([]stuk, error) {
			list, err := s.AlleAdviezen(ctx, na, most)
			if err != nil {
				return nil, err
			}
			return stukken(list, func(g domain.GegevenAdvies) string { return g.ID }, func(g domain.GegevenAdvies) (any, error) {
				return vorm.NewAdvies(&g), nil
			})
		},
		zet: together(func(ctx context.Context, s store.Kopie, g domain.GegevenAdvies) error {
			return s.BewaarAdviezen(ctx, []domain.GegevenAdvies{g})
		}),
	}
}

func meldingen() kind {
	return kind{
		naam: "meldingen",
		lees: func(ctx context.Context, s store.Kopie, na string) ([]stuk, error) {
			list, err := s.AlleMeldingen(ctx, na, most)
			if err != nil {
				return nil, err
			}
			return stukken(list, func(k store.MeldingKopie) string { return k.Melding.ID }, func(k store.MeldingKopie) (any, error) {
				now, err := vorm.EncodeMelding(&k.Melding)
				if err != nil {
					return nil, err
				}
				first, err := vorm.EncodeMelding(&k.Eerste)
				return []any{k.Melding.Rev, k.Melding.Kenmerk, k.Melding.Client, now, first}, err
			})
		},
		zet: func(ctx context.Context, s store.Kopie, list []stuk) error {
			return s.ZetMeldingen(ctx, values[store.MeldingKopie](list))
		},
	}
}

func berichten() kind {
	return kind{
		naam: "berichten",
		lees: func(ctx context.Context, s store.Kopie, na string) ([]stuk, error) {
			list, err := s.AlleBerichten(ctx, na, most)
			if err != nil {
				return nil, err
			}
			return stukken(list, func(b domain.Bericht) string { return b.ID }, func(b domain.Bericht) (any, error) { return vorm.NewBericht(b), nil })
		},
		zet: func(ctx context.Context, s store.Kopie, list []stuk) error {
			return s.ZetBerichten(ctx, values[domain.Bericht](list))
		},
	}
}

// hertelingen are the notes, by provider; their numbers are the store's own.
func hertelingen() kind {
	key := func(h store.Herteling) string { return h.Aanbieder }
	return kind{
		naam: "hertelingen",
		lees: func(ctx context.Context, s store.Kopie, na string) ([]stuk, error) {
			list, err := s.TeHertellen(ctx, mostNotities)
			if err != nil {
				return nil, err
			}
			return stukken(after(list, key, na, most), key, func(h store.Herteling) (any, error) { return vorm.DateNumber(h.Vanaf), nil })
		},
		zet: each(func(ctx context.Context, s store.Kopie, h store.Herteling) error {
			return s.Hertel(ctx, store.Hertel{Aanbieder: h.Aanbieder, Vanaf: h.Vanaf})
		}),
	}
}
