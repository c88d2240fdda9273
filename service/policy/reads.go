package policy

import (
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// reads is what the advice of a policy rests on, found in its rules: places of the
// input (as steps; a place stands for all below it), and criteria that alone read
// the figures of the provider, of which nothing but the outcome is used.
type reads struct {
	places  [][]string
	figures []figureCriterion
}

// figureCriterion is a criterion on figures, with all places that it reads.
type figureCriterion struct {
	code   string
	places [][]string
}

// ruleReads is what the rules of one name read themselves.
type ruleReads struct {
	inputs [][]string
	rules  [][]string // the known beginning of what they take from data
	all    bool       // something that cannot be told from the text
}

// readsOf finds what main.advies rests on. It reports false for a policy of which
// that cannot be told for certain.
func readsOf(modules map[string]*ast.Module, c domain.Catalogus) (reads, bool) {
	rules := map[string]*ruleReads{}
	for _, m := range modules {
		for _, r := range m.Rules {
			name := strings.Join(steps(r.Ref().GroundPrefix()), ".")
			if rules[name] == nil {
				rules[name] = &ruleReads{}
			}
			rules[name].add(r)
		}
	}
	out, stops := reads{}, map[string]bool{}
	for _, cr := range c.Criteria {
		name := "data.criteria." + cr.Code + ".uitkomst"
		places, ok := closure(rules, name, nil)
		if !ok {
			return reads{}, false
		}
		if slices.ContainsFunc(places, func(p []string) bool { return overlap(p, figurePlace()) }) {
			out.figures, stops[name] = append(out.figures, figureCriterion{cr.Code, places}), true
		}
	}
	var ok bool
	out.places, ok = closure(rules, "data.main.advies", stops)
	return out, ok && !slices.ContainsFunc(out.places, func(p []string) bool { return overlap(p, figurePlace()) })
}

// figurePlace is where the provider stands in the input.
func figurePlace() []string { return []string{"aanbieder"} }

// closure gives the places that the rules of a name read, and all rules that they
// use, but for those in stops where exactly they are used.
func closure(rules map[string]*ruleReads, name string, stops map[string]bool) (places [][]string, ok bool) {
	seen, todo := map[string]bool{name: true}, []string{name}
	for len(todo) > 0 {
		r := rules[todo[0]]
		if todo = todo[1:]; r == nil || r.all {
			return nil, false
		}
		places = append(places, r.inputs...)
		for _, used := range r.rules {
			if stops[strings.Join(used, ".")] {
				continue
			}
			for other := range rules {
				if !seen[other] && overlap(strings.Split(other, "."), used) {
					seen[other], todo = true, append(todo, other)
				}
			}
		}
	}
	return compact(places), true
}

// compact sorts places and leaves out what stands below another.
func compact(places [][]string) [][]string {
	slices.SortFunc(places, slices.Compare)
	var out [][]string
	for _, p := range places {
		if len(out) == 0 || !overlap(out[len(out)-1], p) {
			out = append(out, p)
		}
	}
	return out
}

// overlap reports that one of a and b is the beginning of the other.
func overlap(a, b []string) bool {
	n := min(len(a), len(b))
	return slices.Equal(a[:n], b[:n])
}

// add adds what r reads.
func (u *ruleReads) add(r *ast.Rule) {
	var v *ast.GenericVisitor
	v = ast.NewGenericVisitor(func(x any) bool {
		switch x := x.(type) {
		case *ast.With:
			u.all = true
		case ast.Var:
			u.all = u.all || x.Equal(ast.InputRootDocument.Value) || x.Equal(ast.DefaultRootDocument.Value)
		case ast.Ref:
			u.ref(x)
			for _, inner := range x[1:] {
				v.Walk(inner)
			}
			return true
		}
		return false
	})
	for ; r != nil; r = r.Else {
		v.Walk(r.Head.Args)
		if r.Head.Key != nil {
			v.Walk(r.Head.Key)
		}
		if r.Head.Value != nil {
			v.Walk(r.Head.Value)
		}
		v.Walk(r.Body)
	}
}

func (u *ruleReads) ref(r ast.Ref) {
	known := steps(r.GroundPrefix())
	switch {
	case r[0].Equal(ast.InputRootDocument):
		u.inputs = append(u.inputs, known[1:])
	case r[0].Equal(ast.DefaultRootDocument):
		u.rules = append(u.rules, known)
	}
}

// steps gives a ground ref as texts.
func steps(r ast.Ref) []string {
	out := make([]string, len(r))
	for i, t := range r {
		switch v := t.Value.(type) {
		case ast.String:
			out[i] = string(v)
		case ast.Var:
			out[i] = string(v)
		default:
			out[i] = t.String()
		}
	}
	return out
}
