package policy

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// change is one place of the input with the JSON value to put there.
type change struct {
	path  string // dotted
	value string // JSON
}

// possibilities gives for every unknown fact of in, per value it can turn out
// to have, the changes to the canonical input.
func possibilities(in domain.TriageInvoer) (fields []string, options [][][]change) {
	for _, f := range in.OnbekendeFeiten() {
		var perValue [][]change
		if f.Veld == domain.VeldGebeurtenis {
			for _, g := range in.GebeurtenisGevallen() {
				perValue = append(perValue, eventChanges(in.MetGebeurtenis(g)))
			}
		} else {
			for _, w := range f.Waarden {
				perValue = append(perValue, []change{{f.Veld, `"` + w + `"`}})
			}
		}
		fields, options = append(fields, f.Veld), append(options, perValue)
	}
	return fields, options
}

func eventChanges(in domain.TriageInvoer) []change {
	w := &writer{}
	w.raw("{")
	form{w}.gebeurtenis(in.Melding.Gebeurtenis)
	w.end()
	out := []change{{domain.VeldGebeurtenis, string(w.buf)}}
	if years := in.Afgeleid.JarenVerstreken; years != nil {
		out = append(out, change{"afgeleid.jarenVerstreken", fmt.Sprint(*years)})
	}
	return out
}

// Bandwidth is the lowest and highest advice over all completions of the unknown
// askable facts of in, and the facts in which two completions that differ in
// nothing else give different advice. It is exact for every policy: points are
// left out only when they cannot change the answer.
func (v *Version) Bandwidth(ctx context.Context, in domain.TriageInvoer) (domain.Bandbreedte, error) {
	fields, options := possibilities(in)
	sizes := make([]int, len(options))
	for i, o := range options {
		sizes[i] = len(o)
	}
	c := newCompletions(sizes)
	walk := v.walkWasm
	if v.double {
		walk = v.walkBoth
	}
	if err := walk(ctx, EncodeInput(in), c, options); err != nil {
		return domain.Bandbreedte{}, err
	}
	out := domain.Bandbreedte{
		Laagste: domain.Adviezen()[c.lowest], Hoogste: domain.Adviezen()[c.highest], Ontbrekend: []string{},
	}
	for i, f := range fields {
		if c.matters[i] {
			out.Ontbrekend = append(out.Ontbrekend, f)
		}
	}
	return out, nil
}

// walkWasm evaluates the advice alone in one instance, changing its input in place.
func (v *Version) walkWasm(ctx context.Context, input []byte, c *completions, options [][][]change) error {
	return v.pool.do(ctx, func(in *instance) error {
		s, err := in.session(ctx, v.adviceEntry, input)
		if err != nil {
			return erred(err)
		}
		paths, err := s.paths(ctx, options)
		if err != nil {
			return erred(err)
		}
		set := func(fact, value int) error {
			for _, ch := range options[fact][value] {
				if err := s.change(ctx, paths[ch.path], []byte(ch.value)); err != nil {
					return erred(err)
				}
			}
			return nil
		}
		return c.walk(set, func() (int8, error) {
			if err := ctx.Err(); err != nil {
				return 0, err
			}
			raw, err := s.evaluate(ctx)
			if err != nil {
				return 0, erred(err)
			}
			return v.readRang(raw)
		})
	})
}

// readRang reads the result of v.adviceEntry.
func (v *Version) readRang(raw []byte) (int8, error) {
	if v.adviceEntry == decisionEntry {
		b, err := ReadDecision(raw, v.catalogue)
		return int8(b.Advies.Rang()), err
	}
	a, err := readAdvice(raw)
	return int8(a.Rang()), err
}

// paths puts the paths of all changes in the module, once each.
func (s *session) paths(ctx context.Context, options [][][]change) (map[string]uint64, error) {
	out := map[string]uint64{}
	for _, perValue := range options {
		for _, ch := range perValue[0] {
			text, err := json.Marshal(strings.Split(ch.path, "."))
			if err != nil {
				return nil, fmt.Errorf("write path: %w", err)
			}
			if out[ch.path], err = s.value(ctx, text); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// walkBoth decides every completion with both engines.
func (v *Version) walkBoth(ctx context.Context, input []byte, c *completions, options [][][]change) error {
	facts, err := ReadFacts(input)
	if err != nil {
		return err
	}
	set := func(fact, value int) error {
		for _, ch := range options[fact][value] {
			if err := facts.put(ch); err != nil {
				return err
			}
		}
		return nil
	}
	return c.walk(set, func() (int8, error) {
		text, err := json.Marshal(facts.root)
		if err != nil {
			return 0, fmt.Errorf("write policy input: %w", err)
		}
		b, err := v.Decide(ctx, text)
		return int8(b.Advies.Rang()), err
	})
}
