package main

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"

	"zorgmeldingen.nl/lmz-triage/service/config"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
	"zorgmeldingen.nl/lmz-triage/service/store"
)

// openReading opens the store of s for a tool that only reads: it makes no folder
// where there is none.
func openReading(ctx context.Context, s config.Store) (store.Store, parts, error) {
	if !s.Mongo() {
		if path, err := s.Path(); err == nil {
			if _, err := os.Stat(filepath.Dir(path)); errors.Is(err, fs.ErrNotExist) {
				return nil, parts{}, &domain.Error{Code: domain.NotFound, Key: "fout.geen_opslag", Args: []any{filepath.Dir(path)}}
			}
		}
	}
	return openTools(ctx, s)
}

// checkQuery holds the filters of a list against the call of the API at route, so
// that a value that does not exist is told here as it is there.
func checkQuery(route string, given map[string]string) error {
	contract, err := api.LoadContract()
	if err != nil {
		return err
	}
	query := url.Values{}
	for name, value := range given {
		if value != "" {
			query.Set(name, value)
		}
	}
	if faults := contract.CheckQuery(http.MethodGet, route, query); len(faults) > 0 {
		return domain.InvalidInput(faults)
	}
	return nil
}
