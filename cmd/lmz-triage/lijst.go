package main

import (
	"context"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/config"
)

// lijst is how a command shows a list of the service.
type lijst[T any] struct {
	store  config.Store
	json   bool // for a program, as the API answers
	lees   func(*app.App) (T, error)
	alsAPI func(T) any
	aantal func(T) int
	geen   string // the sentence when there is nothing; empty to show what there is of it all the same
	toon   func(T) error
}

// toon reads the list of l and shows it.
func toon[T any](ctx context.Context, c console, l lijst[T]) error {
	st, p, err := openTools(ctx, l.store)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	defer p.policies.Close()
	list, err := l.lees(p.app)
	switch {
	case err != nil:
		return err
	case l.json:
		return c.json(l.alsAPI(list))
	case l.geen != "" && l.aantal(list) == 0:
		c.say(l.geen)
		return nil
	}
	return l.toon(list)
}
