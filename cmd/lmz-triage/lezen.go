package main

import (
	"net/http"
	"net/url"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

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
