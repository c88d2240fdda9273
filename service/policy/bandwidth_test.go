package policy_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
)

// condition draws one line of Rego on an askable fact.
func condition(t *rapid.T) string {
	f := rapid.SampledFrom(domain.VraagbareFeiten()).Draw(t, "fact")
	if f.Veld == domain.VeldGebeurtenis {
		return rapid.SampledFrom([]string{
			"input.afgeleid.jarenVerstreken >= 2", "input.afgeleid.jarenVerstreken < 2",
			"input.melding.gebeurtenis.tot < input.melding.ontvangstdatum", "not input.melding.gebeurtenis.voortdurend",
		}).Draw(t, "event")
	}
	operator := rapid.SampledFrom([]string{"==", "!="}).Draw(t, "operator")
	return fmt.Sprintf("input.%s %s %q", f.Veld, operator, rapid.SampledFrom(append(f.Waarden, "onbekend")).Draw(t, "value"))
}

// drawnMain draws a main.rego that decides on random conditions.
func drawnMain(t *rapid.T, besluit string) string {
	var b strings.Builder
	b.WriteString("package main\n\ndefault advies := \"registreren\"\n\n")
	for i := range rapid.IntRange(1, 5).Draw(t, "rules") {
		head := "advies"
		if i > 0 {
			head = "else"
		}
		lines := rapid.SliceOfN(rapid.Custom(condition), 1, 3).Draw(t, "conditions")
		advice := rapid.SampledFrom(domain.Adviezen()).Draw(t, "advice")
		fmt.Fprintf(&b, "%s := %q if {\n\t%s\n}\n", head, advice, strings.Join(lines, "\n\t"))
	}
	b.WriteString("\ncriteria := data.verzameld.uitkomsten\n\n")
	b.WriteString(besluit)
	return b.String()
}

// drawnQuestion draws a question of which some askable facts are not known.
func drawnQuestion(t *rapid.T) domain.TriageInvoer {
	in := question("nee", "nee")
	for _, f := range domain.VraagbareFeiten() {
		if f.Veld == domain.VeldGebeurtenis {
			if rapid.Bool().Draw(t, "event unknown") {
				in = in.MetGebeurtenis(domain.Gebeurtenis{})
			} else {
				in = in.MetGebeurtenis(in.GebeurtenisGevallen()[rapid.IntRange(0, 1).Draw(t, "event")])
			}
			continue
		}
		in = in.MetFeit(f.Veld, rapid.SampledFrom(append([]string{"onbekend", "onbekend"}, f.Waarden...)).Draw(t, f.Veld))
	}
	return in
}

// every gives all completions of in.
func every(in domain.TriageInvoer) []domain.TriageInvoer {
	unknown := in.OnbekendeFeiten()
	if len(unknown) == 0 {
		return []domain.TriageInvoer{in}
	}
	var out []domain.TriageInvoer
	for _, one := range ways(in, unknown[0]) {
		out = append(out, every(one)...)
	}
	return out
}

// ways gives in with every value the fact f can turn out to have.
func ways(in domain.TriageInvoer, f domain.VraagbaarFeit) []domain.TriageInvoer {
	var out []domain.TriageInvoer
	if f.Veld == domain.VeldGebeurtenis {
		for _, g := range in.GebeurtenisGevallen() {
			out = append(out, in.MetGebeurtenis(g))
		}
		return out
	}
	for _, w := range f.Waarden {
		out = append(out, in.MetFeit(f.Veld, w))
	}
	return out
}

// byDefinition computes the bandwidth as it is defined, with the interpreter.
func byDefinition(ctx context.Context, t require.TestingT, v *policy.Version, in domain.TriageInvoer) domain.Bandbreedte {
	advice := map[string]domain.Advies{}
	ask := func(one domain.TriageInvoer) domain.Advies {
		key := string(policy.EncodeInput(one))
		if _, known := advice[key]; !known {
			b, err := v.Reference().Decide(ctx, []byte(key))
			require.NoError(t, err)
			advice[key] = b.Advies
		}
		return advice[key]
	}
	out := domain.Bandbreedte{Laagste: domain.Escaleren, Hoogste: domain.Registreren, Ontbrekend: []string{}}
	all := every(in)
	for _, one := range all {
		if a := ask(one); a.Rang() < out.Laagste.Rang() {
			out.Laagste = a
		}
		if a := ask(one); a.Rang() > out.Hoogste.Rang() {
			out.Hoogste = a
		}
	}
	for _, f := range in.OnbekendeFeiten() {
		if differs(all, f, ask) {
			out.Ontbrekend = append(out.Ontbrekend, f.Veld)
		}
	}
	return out
}

func differs(all []domain.TriageInvoer, f domain.VraagbaarFeit, ask func(domain.TriageInvoer) domain.Advies) bool {
	for _, one := range all {
		for _, other := range ways(one, f) {
			if ask(one) != ask(other) {
				return true
			}
		}
	}
	return false
}

func TestBandwidthIsExactForAPolicyNobodyHasSeen(t *testing.T) {
	small := smallTree(t)
	forms := map[string]string{
		"advice on its own":           "besluit := {\"advies\": advies, \"criteria\": criteria, \"stappen\": []}\n",
		"advice inside the decision":  "besluit := {\"advies\": _gekozen, \"criteria\": criteria, \"stappen\": []}\n\n_gekozen := advies\n",
		"a built-in that can fail":    "besluit := {\"advies\": lower(upper(advies)), \"criteria\": criteria, \"stappen\": []}\n",
		"advice only in the decision": "besluit := {\"advies\": \"escaleren\", \"criteria\": criteria, \"stappen\": []} if advies == \"escaleren\"\nelse := {\"advies\": \"doorsturen\", \"criteria\": criteria, \"stappen\": []}\n",
	}
	rapid.Check(t, func(r *rapid.T) {
		tree := maps.Clone(small)
		form := rapid.SampledFrom(slices.Sorted(maps.Keys(forms))).Draw(r, "form")
		tree["main/main.rego"] = drawnMain(r, forms[form])
		artifact, faults, err := policy.Compile(t.Context(), tree)
		require.NoError(r, err)
		require.Empty(r, faults)
		v, err := policy.Load(t.Context(), artifact.Package, patient())
		require.NoError(r, err)
		defer v.Close()
		in := drawnQuestion(r)
		got, err := v.Bandwidth(t.Context(), in)
		require.NoError(r, err)
		assert.Equal(r, byDefinition(t.Context(), r, v, in), got, tree["main/main.rego"])
	})
}
