package policy

import (
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// removed are the built-ins no policy may use: those whose answer is not the
// same every time, that reach outside, or that can grow without bound before a
// limit stops them.
func removed() map[string]bool {
	names := []string{
		"http.send", "net.lookup_ip_addr", "opa.runtime", "rand.intn", "uuid.rfc4122", "time.now_ns",
		"json.match_schema", "json.verify_schema", "product", "numbers.range", "numbers.range_step",
		"rego.parse_module", "trace", "print", "internal.print", "walk", "bits.lsh", "graph.reachable_paths", "net.cidr_expand",
		"strings.render_template", "regex.replace", "regex.globs_match", "regex.template_match",
		"crypto.x509.parse_and_verify_certificates", "crypto.x509.parse_and_verify_certificates_with_options",
	}
	set := map[string]bool{}
	for _, n := range names {
		set[n] = true
	}
	return set
}

// removedPrefixes are whole families of built-ins no policy may use.
func removedPrefixes() []string {
	return []string{"io.jwt.", "crypto.", "graphql.", "providers.", "rego.parse_"}
}

// Capabilities is what a policy may use of this version of OPA. No network.
func Capabilities() *ast.Capabilities {
	caps := ast.CapabilitiesForThisVersion()
	caps.AllowNet = []string{}
	kept := caps.Builtins[:0:0]
	gone := removed()
	for _, b := range caps.Builtins {
		if !gone[b.Name] && !hasAnyPrefix(b.Name, removedPrefixes()) {
			kept = append(kept, b)
		}
	}
	caps.Builtins = kept
	return caps
}

func hasAnyPrefix(s string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// total reports whether a built-in gives an answer for every argument. All
// others can fail, which in Wasm is silent: such a policy is computed twice.
func total(name string) bool {
	switch name {
	case "eq", "equal", "neq", "assign", "lt", "lte", "gt", "gte",
		"internal.member_2", "internal.member_3", "type_name",
		"is_string", "is_number", "is_boolean", "is_null", "is_array", "is_object", "is_set":
		return true
	}
	return false
}
