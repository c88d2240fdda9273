package api

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// etag names a melding as it is answered: the version that people edit, and a
// digest of the whole answer, which an advice or a day can change as well.
func etag(versie int, answer []byte) string {
	digest := sha256.Sum256(answer)
	return fmt.Sprintf(`"%d-%s"`, versie, hex.EncodeToString(digest[:8]))
}

// voorwaarde reads If-Match (RFC 9110 section 13.1.1). Of an entity tag only the
// version counts, so that an advice by the service itself stops nobody's change.
// A weak tag, and one that is not ours, matches nothing.
func voorwaarde(h http.Header) (app.Voorwaarde, error) {
	const header = "If-Match"
	value := strings.TrimSpace(strings.Join(h.Values(header), ","))
	if value == "" {
		return app.Voorwaarde{}, &domain.Error{Code: domain.PreconditionRequired, Key: "fout.voorwaarde_nodig"}
	}
	if value == "*" {
		return app.Voorwaarde{Elke: true}, nil
	}
	tags, ok := entityTags(value)
	if !ok {
		return app.Voorwaarde{}, domain.InvalidInput([]domain.Fault{{Field: header, Code: "etag"}})
	}
	var out app.Voorwaarde
	for _, tag := range tags {
		if m := regexp.MustCompile(`^"([0-9]{1,9})-[0-9a-f]{16}"$`).FindStringSubmatch(tag); m != nil {
			if n, err := strconv.Atoi(m[1]); err == nil {
				out.Versies = append(out.Versies, n)
			}
		}
	}
	return out, nil
}

// bekend reports that the caller has the answer tag already (If-None-Match, RFC
// 9110 section 13.1.2). A header that cannot be read asks for nothing.
func bekend(h http.Header, tag string) bool {
	value := strings.TrimSpace(strings.Join(h.Values("If-None-Match"), ","))
	if value == "" || value == "*" {
		return value == "*"
	}
	tags, ok := entityTags(value)
	return ok && slices.ContainsFunc(tags, func(t string) bool { return strings.TrimPrefix(t, "W/") == tag })
}

// entityTags reads a list of entity tags, each with its quotes and, when it is
// weak, its W/.
func entityTags(list string) ([]string, bool) {
	form := regexp.MustCompile(`^[ \t,]*((?:W/)?"[\x21\x23-\x7e\x80-\xff]*")[ \t]*(,|$)`)
	var out []string
	for rest := list; strings.Trim(rest, " \t,") != ""; {
		m := form.FindStringSubmatch(rest)
		if m == nil {
			return nil, false
		}
		out, rest = append(out, m[1]), rest[len(m[0]):]
	}
	return out, len(out) > 0
}
