package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Kalenderjaar is a year of the calendar that counts. Bekend: its decree days are
// known. Waarschuwingen tell what somebody must look at.
type Kalenderjaar struct {
	Versie         int
	Digest         string
	Jaar           int
	Bekend         bool
	Van, Tot       int // the years of which the decree days are known
	Dagen          []term.Kalenderdag
	Waarschuwingen []term.Sentence
}

// KalenderLijst is a page of the versions there are, newest first. TeHerrekenen is how
// many meldingen have open terms that an earlier version computed.
type KalenderLijst struct {
	Versies        []domain.KalenderVersie
	Volgende       string
	Van, Tot       int
	TeHerrekenen   int
	Waarschuwingen []term.Sentence
}

// LeesKalender gives the days of a year that are skipped.
func (a *App) LeesKalender(_ context.Context, _ domain.Actor, jaar int) Kalenderjaar {
	_, today := a.moment()
	k := a.geldend()
	out := Kalenderjaar{
		Versie: k.Versie, Digest: k.Digest(), Jaar: jaar, Bekend: k.Bekend(jaar), Dagen: k.Dagen(jaar), Waarschuwingen: []term.Sentence{},
	}
	out.Van, out.Tot = k.Jaren()
	if !out.Bekend {
		out.Waarschuwingen = append(out.Waarschuwingen, term.Sentence{Key: "kalender.jaar_onbekend", Args: []any{jaar, out.Van, out.Tot}})
	}
	if w, near := k.JarenOp(today); near {
		out.Waarschuwingen = append(out.Waarschuwingen, w)
	}
	return out
}

// LijstKalenders gives a page of the versions there are.
func (a *App) LijstKalenders(ctx context.Context, _ domain.Actor, q domain.KalenderVraag) (KalenderLijst, error) {
	all, err := a.store.Kalenders(ctx)
	if err != nil {
		return KalenderLijst{}, fmt.Errorf("list calendars: %w", err)
	}
	slices.Reverse(all)
	all = slices.DeleteFunc(all, func(k domain.KalenderVersie) bool {
		return q.Van > 0 && k.Versie > q.Van || !domain.VeranderdNa(k.Op, q.GewijzigdNa)
	})
	_, today := a.moment()
	k := a.geldend()
	out := KalenderLijst{Versies: all, Waarschuwingen: []term.Sentence{}}
	if len(all) > q.Aantal {
		out.Versies, out.Volgende = all[:q.Aantal], strconv.Itoa(all[q.Aantal].Versie)
	}
	out.Van, out.Tot = k.Jaren()
	if w, near := k.JarenOp(today); near {
		out.Waarschuwingen = append(out.Waarschuwingen, w)
	}
	out.TeHerrekenen, err = a.TeHerrekenen(ctx)
	return out, err
}

// LeesKalenderversie gives a version of the calendar. NotFound when there is none, also
// for what is no number.
func (a *App) LeesKalenderversie(ctx context.Context, _ domain.Actor, versie string) (KalenderInhoud, error) {
	all, err := a.store.Kalenders(ctx)
	if err != nil {
		return KalenderInhoud{}, fmt.Errorf("list calendars: %w", err)
	}
	i := slices.IndexFunc(all, func(k domain.KalenderVersie) bool { return strconv.Itoa(k.Versie) == versie })
	if i < 0 {
		return KalenderInhoud{}, &domain.Error{Code: domain.NotFound, Key: "fout.kalender_onbekend"}
	}
	return metInhoud(all[i])
}

// metInhoud reads the decrees of a version.
func metInhoud(k domain.KalenderVersie) (KalenderInhoud, error) {
	b, err := term.LeesBesluiten([]byte(k.Besluitdagen))
	return KalenderInhoud{Versie: k, Inhoud: b}, err
}

// TeHerrekenen counts the meldingen with open terms that an earlier calendar than the
// one that counts computed.
func (a *App) TeHerrekenen(ctx context.Context) (int, error) {
	n, err := a.store.TelTeHerrekenen(ctx, a.geldend().Versie)
	if err != nil {
		return 0, fmt.Errorf("count meldingen to compute anew: %w", err)
	}
	return n, nil
}
