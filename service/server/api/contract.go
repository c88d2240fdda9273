package api

import (
	"fmt"
	"net/url"

	"go.yaml.in/yaml/v3"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/schema"
)

// Contract is openapi.yaml, read: what requests are held against.
type Contract struct {
	schemas *schema.Schemas
	json    []byte
	version string
}

// LoadContract reads the contract.
func LoadContract() (*Contract, error) {
	schemas, err := schema.New(spec)
	if err != nil {
		return nil, fmt.Errorf("read openapi.yaml: %w", err)
	}
	doc, err := SpecJSON()
	if err != nil {
		return nil, err
	}
	var head struct {
		Info struct {
			Version string `yaml:"version"`
		} `yaml:"info"`
	}
	if err := yaml.Unmarshal(spec, &head); err != nil {
		return nil, fmt.Errorf("read openapi.yaml: %w", err)
	}
	return &Contract{schemas: schemas, json: doc, version: head.Info.Version}, nil
}

// Version is the version of the API (semver).
func (c *Contract) Version() string { return c.version }

// CheckQuery says what is wrong with the query of a call.
func (c *Contract) CheckQuery(method, route string, query url.Values) []domain.Fault {
	return c.schemas.CheckQuery(method, route, query)
}

// ReadAanvraag reads the body of one triage question. A body that is no proper
// JSON is an error; what the schema finds wrong is in the Faults of the question.
func (c *Contract) ReadAanvraag(raw []byte) (domain.Aanvraag, error) {
	in, _, faults, err := schema.Read[TriageInvoer](c.schemas, "TriageInvoer", raw)
	if err != nil {
		return domain.Aanvraag{}, err
	}
	return aanvraag(in, faults), nil
}
