package policy

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// sameRule reports whether main's besluit is an object that has under name the
// rule of that name, and there is one such besluit: for advies it means that the
// advice alone can be asked.
func sameRule(modules map[string]*ast.Module, name string) bool {
	found := 0
	for _, m := range modules {
		if m.Package.Path.String() != "data.main" {
			continue
		}
		if slices.ContainsFunc(m.Imports, func(i *ast.Import) bool { return string(i.Name()) == name }) {
			return false // there the name is not the rule
		}
		for _, r := range m.Rules {
			if r.Head.Ref().String() != "besluit" {
				continue
			}
			found++
			object, ok := plainValue(r).(ast.Object)
			if !ok {
				return false
			}
			value := object.Get(ast.StringTerm(name))
			if value == nil || !value.Equal(ast.VarTerm(name)) {
				return false
			}
		}
	}
	return found == 1
}

// plainValue is the value of a rule that always has it; nil for any other.
func plainValue(r *ast.Rule) ast.Value {
	if r.Head.Value == nil || r.Else != nil || r.Default || len(r.Body) != 1 || !r.Body[0].Equal(ast.NewExpr(ast.BooleanTerm(true))) {
		return nil
	}
	return r.Head.Value.Value
}

// allOutcomes reports whether main's besluit gives the outcome of every criterion
// as the criterion has it.
func allOutcomes(modules map[string]*ast.Module) bool {
	found := 0
	for _, m := range modules {
		if m.Package.Path.String() != "data.main" {
			continue
		}
		for _, r := range m.Rules {
			if r.Head.Ref().String() != "criteria" {
				continue
			}
			found++
			if v, ok := plainValue(r).(ast.Ref); !ok || v.String() != "data."+gathered+".uitkomsten" {
				return false
			}
		}
	}
	return found == 1 && sameRule(modules, "criteria")
}
