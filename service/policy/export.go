package policy

import (
	"encoding/json"
	"fmt"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// Export gives the tree as the files OPA itself reads: the Rego files, the
// package that gathers criteria and steps, and all figures in one data.json. The
// decision is then at data.main.besluit.
func Export(t Tree) (map[string][]byte, error) {
	src, faults := parse(t)
	if len(faults) > 0 {
		return nil, domain.InvalidInput(faults)
	}
	figures, err := json.Marshal(src.figures)
	if err != nil {
		return nil, fmt.Errorf("write figures: %w", err)
	}
	out := map[string][]byte{"data.json": figures, gathered + ".rego": []byte(gather(src.catalogue))}
	for p := range src.modules {
		if text, ok := t[p]; ok {
			out[p] = []byte(text)
		}
	}
	return out, nil
}
