package schema

import (
	"maps"
	"slices"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// ReadPatch parses a JSON Merge Patch and checks it against components/schemas/name,
// which lists every field that the document may have. A field that is readOnly
// there is a fault, whatever its value. With faults the patch holds what is left
// without the faulted fields. The error is a *domain.Error with the faults when
// nothing is left.
func ReadPatch(s *Schemas, name string, raw []byte) (patch any, faults []domain.Fault, err error) {
	tree, faults := parse(raw, keepNulls)
	if tree == nil && len(faults) > 0 {
		return nil, nil, domain.InvalidInput(faults)
	}
	faults = beside(faults, s.fixed(name, tree))
	faults = beside(faults, s.Check(name, Prune(tree, faults)))
	if patch = Prune(tree, faults); patch == nil {
		return nil, nil, domain.InvalidInput(faults)
	}
	return patch, faults, nil
}

// fixed names the fields of an object that are readOnly, in their order.
func (s *Schemas) fixed(name string, tree any) []domain.Fault {
	object, _ := tree.(map[string]any)
	ref := s.named[name]
	if ref == nil {
		return nil
	}
	var faults []domain.Fault
	for _, key := range slices.Sorted(maps.Keys(object)) {
		if p := ref.Value.Properties[key]; p != nil && p.Value.ReadOnly {
			how, _ := p.Value.Extensions["x-wijzigen"].(string)
			faults = append(faults, domain.Fault{Field: key, Code: "alleen_lezen", Args: []any{how}})
		}
	}
	return faults
}

// MergePatch gives target with patch applied (RFC 7396): objects are merged, a
// null takes a member away, anything else takes the place of what was there.
// Neither is changed.
func MergePatch(target, patch any) any {
	changes, is := patch.(map[string]any)
	if !is {
		return patch
	}
	before, _ := target.(map[string]any)
	after := make(map[string]any, len(before)+len(changes))
	maps.Copy(after, before)
	for key, change := range changes {
		if change == nil {
			delete(after, key)
			continue
		}
		after[key] = MergePatch(after[key], change)
	}
	return after
}
