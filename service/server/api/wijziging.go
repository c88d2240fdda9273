package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/schema"
)

// Wijziging is a merge patch on a melding as its readers see it.
type Wijziging struct {
	contract *Contract
	patch    any
	faults   []domain.Fault
	seen     map[string]any // the provider as readers see it, nil for none
}

// ReadWijziging reads the body of a correction. A body that is no proper JSON is
// an error; what the schema finds wrong is told when the correction is applied.
func (c *Contract) ReadWijziging(raw []byte) (Wijziging, error) {
	patch, faults, err := schema.ReadPatch(c.schemas, "MeldingWijziging", raw)
	if err != nil {
		return Wijziging{}, err
	}
	return Wijziging{contract: c, patch: patch, faults: faults}, nil
}

// provider is what the patch says of the provider, false when it does not change
// single fields of it.
func (w Wijziging) provider() (map[string]any, bool) {
	object, _ := w.patch.(map[string]any)
	provider, is := object["aanbieder"].(map[string]any)
	return provider, is
}

// ReadsProvider reports that the patch changes fields of the provider, so that
// Beside must say what they were.
func (w Wijziging) ReadsProvider() bool {
	_, is := w.provider()
	return is
}

// Beside is the patch on a melding about provider a, nil for none.
func (w Wijziging) Beside(a *domain.Aanbieder) Wijziging {
	w.seen = nil
	if a != nil {
		w.seen = map[string]any{"id": a.ID}
		for name, value := range map[string]string{
			"naam": a.Naam, "plaats": a.Plaats, "kvkNummer": a.KvkNummer, "vestigingsnummer": a.Vestigingsnummer, "agbCode": a.AgbCode,
		} {
			if value != "" {
				w.seen[name] = value
			}
		}
	}
	return w
}

// Apply gives what was told with the patch applied, and what is wrong with it in
// the Faults.
func (w Wijziging) Apply(o domain.Opgave) (domain.Opgave, error) {
	told, err := tree(FromOpgave(o))
	if err != nil {
		return domain.Opgave{}, err
	}
	merged, _ := schema.MergePatch(told, w.patch).(map[string]any)
	if provider, is := w.provider(); is && w.seen != nil {
		if merged["aanbieder"] = w.told(provider); merged["aanbieder"] == nil {
			merged["aanbieder"] = told["aanbieder"]
		}
	}
	raw, err := json.Marshal(merged)
	if err != nil {
		return domain.Opgave{}, fmt.Errorf("write melding: %w", err)
	}
	in, _, faults, err := schema.Read[MeldingInvoer](w.contract.schemas, "MeldingInvoer", raw)
	if err != nil {
		return domain.Opgave{}, err
	}
	return opgave(in, slices.Concat(w.faults, faults)), nil
}

// told is the provider as it is named after the patch: by another id, or by what
// is known of the provider when something else changes. Nil when nothing does. Who
// names it otherwise means another one, and so does who gives another number than it
// has: the numbers that would find the same again are left out.
func (w Wijziging) told(patch map[string]any) any {
	after, _ := schema.MergePatch(w.seen, patch).(map[string]any)
	if w.renamed(after) {
		for _, name := range numbers() {
			if _, said := patch[name]; !said {
				delete(after, name)
			}
		}
	}
	if w.renumbered(after) {
		w.leaveSeen(after)
	}
	switch {
	case reflect.DeepEqual(after, w.seen):
		return nil
	case after["id"] == nil || after["id"] == w.seen["id"]:
		delete(after, "id")
	default:
		maps.DeleteFunc(after, func(name string, value any) bool { return w.seen[name] == value })
	}
	return after
}

// renamed reports that the provider has another name or place after the patch, other
// than in how it is written.
func (w Wijziging) renamed(after map[string]any) bool {
	return slices.ContainsFunc([]string{"naam", "plaats"}, func(name string) bool {
		was, _ := w.seen[name].(string)
		now, _ := after[name].(string)
		return was != "" && domain.Zoekvorm(was) != domain.Zoekvorm(now)
	})
}

// renumbered reports that a number that the provider has is another after the patch.
func (w Wijziging) renumbered(after map[string]any) bool {
	return slices.ContainsFunc(numbers(), func(name string) bool {
		return w.seen[name] != nil && after[name] != nil && w.seen[name] != after[name]
	})
}

// leaveSeen leaves out of a provider with another number those that it had before, by
// which it would be found: that of a company finds none where an establishment is named
// (domain.Aanbieder.Sleutels).
func (w Wijziging) leaveSeen(after map[string]any) {
	for _, name := range numbers() {
		if after[name] == w.seen[name] && (name != "kvkNummer" || after["vestigingsnummer"] == nil) {
			delete(after, name)
		}
	}
}

// numbers are the fields that lead to a provider whatever its name is, that of the
// company behind the establishment.
func numbers() []string { return []string{"vestigingsnummer", "agbCode", "kvkNummer"} }

// tree is v as Parse gives it.
func tree(v any) (map[string]any, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("write melding: %w", err)
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var out map[string]any
	if err := dec.Decode(&out); err != nil {
		return nil, fmt.Errorf("read melding: %w", err)
	}
	return out, nil
}
