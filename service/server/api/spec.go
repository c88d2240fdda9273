package api

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"go.yaml.in/yaml/v3"
)

//go:embed openapi.yaml
var spec []byte

// Spec is the contract as it is written: OpenAPI 3.0.3 in YAML.
func Spec() []byte { return append([]byte(nil), spec...) }

// SpecJSON is the contract as it is served: the same document in JSON, with its
// keys in alphabetical order, so that the same contract is the same bytes.
func SpecJSON() ([]byte, error) {
	var doc map[string]any
	if err := yaml.Unmarshal(spec, &doc); err != nil {
		return nil, fmt.Errorf("read openapi.yaml: %w", err)
	}
	out, err := json.Marshal(doc)
	if err != nil {
		return nil, fmt.Errorf("write openapi.json: %w", err)
	}
	return out, nil
}
