package mongo

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// bekendenMost bounds the names that a process remembers.
const bekendenMost = 20_000

// bekenden remembers which provider has a name. That never changes, so what is
// remembered stays true whatever other processes do.
type bekenden struct {
	lock sync.Mutex
	ids  map[string]string
}

func (b *bekenden) id(name string) (string, bool) {
	b.lock.Lock()
	defer b.lock.Unlock()
	id, ok := b.ids[name]
	return id, ok
}

func (b *bekenden) onthoud(name, id string) {
	b.lock.Lock()
	defer b.lock.Unlock()
	if b.ids == nil || len(b.ids) >= bekendenMost {
		b.ids = map[string]string{}
	}
	b.ids[name] = id
}

// past reports whether found, which has the name, is the provider that a names: one
// known by name and place only where nothing says otherwise.
func past(found, a domain.Aanbieder, name string) bool {
	return found.ID != "" && (!strings.HasPrefix(name, "naam:") || found.Zelfde(a))
}

// values are the distinct values of m.
func values(m map[string]string) []string {
	return slices.Compact(slices.Sorted(maps.Values(m)))
}
