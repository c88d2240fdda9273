package main

import (
	"context"
	"errors"
	"log/slog"

	"zorgmeldingen.nl/lmz-triage/service/config"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/spool"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
)

// withSpool puts the spool of s before st, when s asks for one. The function it
// gives closes what it gives, and st with it.
func withSpool(ctx context.Context, s config.Serve, st store.Store, log *slog.Logger) (store.Store, func() error, error) {
	if s.Spool == "" {
		return st, st.Close, nil
	}
	if s.SpoolMax < 1 {
		return nil, nil, &domain.Error{Code: domain.Invalid, Key: "fout.spool_maat", Args: []any{s.SpoolMax}}
	}
	file, err := sqlite.OpenWachtrij(ctx, s.Spool)
	if err != nil {
		return nil, nil, err
	}
	out, err := spool.Open(ctx, st, file, spool.OpenGeheugen(s.Spool, log), s.SpoolMax, log)
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	return out, out.Close, nil
}
