package policy

import (
	"fmt"
	"strings"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// gathered is the package the service adds to every policy, so that main can
// collect criteria and steps without naming one.
const gathered = "verzameld"

// gather writes that package from the catalogue:
//
//	uitkomsten  code of every criterion to its outcome
//	grond, spoed, signaal, uitsluiting, aandacht  codes of that kind with outcome ja
//	stappen  codes of the steps that apply
func gather(c domain.Catalogus) string {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n", gathered)
	for _, k := range kinds() {
		// A kind without criteria is an empty set, not undefined.
		fmt.Fprintf(&b, "\n%s contains code if { some code in set() }\n", k)
	}
	b.WriteString("\nstappen contains code if { some code in set() }\n")
	for _, cr := range c.Criteria {
		fmt.Fprintf(&b, "\nuitkomsten[%q] := data.criteria.%s.uitkomst\n", cr.Code, cr.Code)
		fmt.Fprintf(&b, "\n%s contains %q if data.criteria.%s.uitkomst == \"ja\"\n", cr.Soort, cr.Code, cr.Code)
	}
	for _, s := range c.Stappen {
		fmt.Fprintf(&b, "\nstappen contains %q if data.stappen.%s.geldt\n", s.Code, s.Code)
	}
	return b.String()
}
