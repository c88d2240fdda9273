package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// KalenderOpgave is what is told of decrees, texts that passed the schema, and why it
// is told. Faults are what the schema found wrong.
type KalenderOpgave struct {
	Aanvulling term.Aanvulling
	Reden      string
	Faults     []domain.Fault
}

// Met is o for another reason than it may have told.
func (o KalenderOpgave) Met(reden string) KalenderOpgave {
	o.Reden = reden
	o.Faults = slices.DeleteFunc(slices.Clone(o.Faults), func(f domain.Fault) bool { return f.Field == "reden" })
	return o
}

// KalenderInhoud is a version of the calendar with the decrees that it counts with.
type KalenderInhoud struct {
	Versie domain.KalenderVersie
	Inhoud term.Besluiten
}

// KalenderBesluit is the version that came of it. Nieuw: it was made for it; else all
// that was told was known, and nothing changed.
type KalenderBesluit struct {
	KalenderInhoud

	Nieuw bool
}

// callKalender names this use case in a key.
const callKalender = "kalenderversies"

// VulKalender makes a next version of the calendar with the decree days that come and
// go; terms that run are computed anew after it. Everything that is wrong with o is
// named at once, and then nothing changes. Of a request with a key the first answer is
// given again.
func (a *App) VulKalender(ctx context.Context, actor domain.Actor, o KalenderOpgave, once Eenmalig) (KalenderBesluit, error) {
	if err := mag(actor, KalenderZetten); err != nil {
		return KalenderBesluit{}, err
	}
	b, err := a.begin(ctx, actor, callKalender, once)
	if err != nil {
		return KalenderBesluit{}, err
	}
	out, err := a.vulKalender(ctx, actor, o, b)
	if b.fixed && (domain.IsCode(err, domain.Invalid) || err == nil && !out.Nieuw) { // nothing was made: it fixes nothing under its key
		if err := a.store.GeefVrij(ctx, domain.Sleutel{Naam: b.sleutel, ID: b.id}); err != nil {
			return KalenderBesluit{}, fmt.Errorf("release key: %w", err)
		}
	}
	return out, err
}

// vulKalender looks again at the newest version each time that another was first.
func (a *App) vulKalender(ctx context.Context, actor domain.Actor, o KalenderOpgave, b begun) (KalenderBesluit, error) {
	for {
		all, err := a.store.Kalenders(ctx)
		if err != nil {
			return KalenderBesluit{}, fmt.Errorf("list calendars: %w", err)
		}
		if i := slices.IndexFunc(all, func(k domain.KalenderVersie) bool { return k.Verzoek == b.id }); i >= 0 {
			inhoud, err := metInhoud(all[i])
			return KalenderBesluit{KalenderInhoud: inhoud, Nieuw: true}, err
		}
		now, next, err := a.vul(ctx, o)
		if err != nil {
			return KalenderBesluit{}, err
		}
		if now.Digest() == next.Digest() {
			newest, err := a.store.Kalender(ctx)
			if err != nil {
				return KalenderBesluit{}, fmt.Errorf("read calendar: %w", err)
			}
			inhoud, err := metInhoud(newest)
			return KalenderBesluit{KalenderInhoud: inhoud, Nieuw: newest.Verzoek == b.id}, err // a retry may have been first
		}
		v := domain.KalenderVersie{
			Versie: now.Versie + 1, Op: a.clock.Now(), Door: actor, Reden: strings.TrimSpace(o.Reden), Verzoek: b.id,
		}
		err = a.kalenders.bewaar(ctx, v, now.Kalender, next)
		if err != nil && !domain.IsCode(err, domain.Stale) {
			return KalenderBesluit{}, err
		}
		if _, err := a.kalenders.Follow(ctx); err != nil { // it counts from here on, in this process
			return KalenderBesluit{}, err
		}
	}
}

// vul gives the newest calendar, and the one that o makes of it.
func (a *App) vul(ctx context.Context, o KalenderOpgave) (domain.GeldendeKalender, *term.Kalender, error) {
	if _, err := a.kalenders.Follow(ctx); err != nil {
		return domain.GeldendeKalender{}, nil, err
	}
	now := a.kalenders.Geldend()
	faults := slices.Clone(o.Faults)
	if strings.TrimSpace(o.Reden) == "" && !domain.Unreadable(faults, "reden") {
		faults = append(faults, domain.Fault{Field: "reden", Code: "verplicht"})
	}
	next, found := now.Vul(o.Aanvulling)
	for _, f := range found {
		if !domain.Unreadable(o.Faults, rustOp(f)...) {
			faults = append(faults, domain.Fault(f))
		}
	}
	if len(faults) > 0 {
		domain.SortFaults(faults)
		return now, nil, domain.InvalidInput(faults)
	}
	return now, next, nil
}

// rustOp gives the fields that a fault rests on: of one that could not be read nobody
// knows whether it is a fault.
func rustOp(f term.Fault) []string {
	switch f.Code {
	case "kalender_buiten_jaren", "kalender_klopt_niet":
		return []string{f.Field, "jaren", "jaren.van", "jaren.tot"}
	case "kalender_jaren_ver", "kalender_jaren_krimpen":
		return []string{f.Field, "stand", "jaren"}
	}
	return []string{f.Field}
}
