package policy

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"hash"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/open-policy-agent/opa/v1/ast"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// bandwidths remembers the bandwidths of a version. Two questions have the same one
// when they are the same in all that the advice rests on: the places its rules
// read, the values their unknown facts can have there, and the outcomes of the
// criteria on figures where those read no unknown fact. Nil remembers nothing.
type bandwidths struct {
	reads reads
	check atomic.Int64 // so many hits are computed all the same, and held against it
	hits  atomic.Int64
	off   atomic.Bool // a hit was wrong: what was read in the rules does not hold

	lock  sync.Mutex
	known map[[sha256.Size]byte]domain.Bandbreedte
}

// mostBandwidths is how many are remembered, of some two hundred bytes each; when
// there are more it begins again.
const mostBandwidths = 20_000

// remember makes the version remember its bandwidths where its rules allow it. One
// whose built-ins can fail is computed twice every time.
func (v *Version) remember(src sources, c *ast.Compiler) {
	if v.double || v.adviceEntry != adviceEntry || !allOutcomes(src.modules) {
		return
	}
	if r, ok := readsOf(c.Modules, v.catalogue); ok {
		v.remembered = &bandwidths{reads: r}
		v.remembered.check.Store(shadowed)
	}
}

// find gives the bandwidth that is known for key.
func (m *bandwidths) find(key [sha256.Size]byte) (domain.Bandbreedte, bool) {
	m.lock.Lock()
	defer m.lock.Unlock()
	b, ok := m.known[key]
	b.Ontbrekend = slices.Clone(b.Ontbrekend)
	return b, ok
}

func (m *bandwidths) keep(key [sha256.Size]byte, b domain.Bandbreedte) {
	b.Ontbrekend = slices.Clone(b.Ontbrekend)
	m.lock.Lock()
	defer m.lock.Unlock()
	if m.known == nil || len(m.known) >= mostBandwidths {
		m.known = map[[sha256.Size]byte]domain.Bandbreedte{}
	}
	m.known[key] = b
}

// BandwidthOf is Bandwidth for a question that was decided: it may be known from
// one that differs from it in nothing the advice rests on.
func (v *Version) BandwidthOf(ctx context.Context, in domain.TriageInvoer, decided domain.Besluit) (domain.Bandbreedte, error) {
	m := v.remembered
	if m == nil || m.off.Load() {
		return v.Bandwidth(ctx, in)
	}
	key, ok := m.key(in, decided)
	if !ok {
		return v.Bandwidth(ctx, in)
	}
	known, hit := m.find(key)
	if hit && m.check.Add(-1) < 0 {
		m.hits.Add(1)
		return known, nil
	}
	b, err := v.Bandwidth(ctx, in)
	if err != nil {
		return b, err
	}
	if hit && !slices.Equal(append(b.Ontbrekend, string(b.Laagste), string(b.Hoogste)), append(known.Ontbrekend, string(known.Laagste), string(known.Hoogste))) {
		m.off.Store(true)
	}
	m.keep(key, b)
	return b, nil
}

// key names all that the bandwidth of in rests on. It reports false where a
// criterion on figures reads what is not known.
func (m *bandwidths) key(in domain.TriageInvoer, decided domain.Besluit) (key [sha256.Size]byte, ok bool) {
	sum := sha256.New()
	fields, options := possibilities(in)
	for i, perValue := range options {
		_, _ = fmt.Fprintf(sum, "%s %d\n", fields[i], len(perValue))
		if !m.reads.options(sum, perValue) {
			return key, false
		}
	}
	for _, f := range m.reads.figures {
		at := slices.IndexFunc(decided.Criteria, func(u domain.CriteriumUitkomst) bool { return u.Code == f.code })
		if at < 0 {
			return key, false
		}
		_, _ = fmt.Fprintln(sum, f.code, decided.Criteria[at].Uitkomst)
	}
	facts := FactsOf(in)
	for _, p := range m.reads.places {
		text, err := json.Marshal(facts.deepest(p))
		if err != nil {
			return key, false
		}
		_, _ = fmt.Fprintf(sum, "%s\n", text)
	}
	sum.Sum(key[:0])
	return key, true
}

// options adds what the advice sees of the values a fact can have.
func (r *reads) options(sum hash.Hash, perValue [][]change) bool {
	for _, changes := range perValue {
		for _, ch := range changes {
			at := strings.Split(ch.path, ".")
			sees := func(p []string) bool { return overlap(p, at) }
			if slices.ContainsFunc(r.figures, func(f figureCriterion) bool { return slices.ContainsFunc(f.places, sees) }) {
				return false
			}
			for _, p := range r.places {
				if sees(p) {
					_, _ = fmt.Fprintf(sum, "%s=%s\n", ch.path, ch.seen(p[min(len(at), len(p)):]))
				}
			}
		}
		_, _ = fmt.Fprintln(sum)
	}
	return true
}

// seen is what stands at a place below the value that is put.
func (c change) seen(below []string) string {
	var value map[string]any
	if len(below) == 0 || json.Unmarshal([]byte(c.value), &value) != nil {
		return c.value
	}
	text, err := json.Marshal(Facts{value}.deepest(below))
	if err != nil {
		return c.value
	}
	return string(text)
}

// deepest gives the value at a place, or the one above it that has nothing below;
// nil where there is neither.
func (f Facts) deepest(place []string) any {
	var here any = f.root
	for _, step := range place {
		object, ok := here.(map[string]any)
		if !ok {
			return here
		}
		here = object[step]
	}
	return here
}
