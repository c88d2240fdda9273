package server

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// Tokens knows every caller by the SHA-256 of its bearer token; a token itself
// is never kept.
type Tokens map[[sha256.Size]byte]domain.Actor

// TokenLine is one entry of a token file.
type TokenLine struct {
	ID     string     `json:"id"`
	Rol    domain.Rol `json:"rol"`
	SHA256 string     `json:"sha256"`
}

// ReadTokens reads a token file: a JSON list of {id, rol, sha256}. The id names
// the caller in the decision log: letters, digits, dot and hyphen, no personal
// data.
func ReadTokens(r io.Reader) (Tokens, error) {
	dec := json.NewDecoder(io.LimitReader(r, 1<<20))
	dec.DisallowUnknownFields()
	var lines []TokenLine
	if err := dec.Decode(&lines); err != nil {
		return nil, fmt.Errorf("read tokens: %w", err)
	}
	out := Tokens{}
	for i, l := range lines {
		sum, err := hex.DecodeString(l.SHA256)
		switch {
		case err != nil || len(sum) != sha256.Size:
			return nil, fmt.Errorf("read tokens: entry %d: sha256 is not 64 hexadecimal digits", i+1)
		case CheckTokenID(l.ID) != nil:
			return nil, fmt.Errorf("read tokens: entry %d: %w", i+1, CheckTokenID(l.ID))
		case !slices.Contains(domain.Rollen(), l.Rol):
			return nil, fmt.Errorf("read tokens: entry %d: rol %q is not one of %v", i+1, l.Rol, domain.Rollen())
		}
		key := [sha256.Size]byte(sum)
		if _, double := out[key]; double {
			return nil, fmt.Errorf("read tokens: entry %d: the same token stands there twice", i+1)
		}
		out[key] = domain.Actor{ID: l.ID, Rol: l.Rol}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("read tokens: the list is empty")
	}
	return out, nil
}

// CheckTokenID says what is wrong with the id of a caller, if anything.
func CheckTokenID(id string) error {
	if domain.GoedeID(id) {
		return nil
	}
	return fmt.Errorf("id %q does not match ^[a-z0-9][a-z0-9.-]{1,62}$", id)
}

// DemoTokens are the callers of a demonstration, with tokens anybody can read:
// they are for a service that answers this machine alone.
func DemoTokens() (Tokens, []string) {
	roles := map[string]domain.Rol{
		"demo-medewerker": domain.Medewerker, "demo-teamleider": domain.Teamleider, "demo-inspecteur": domain.Inspecteur, "demo-beleid": domain.Beleid,
		"demo-beleid-2": domain.Beleid, "demo-systeem": domain.Systeem, "demo-beheer": domain.Beheer,
	}
	names := []string{"demo-medewerker", "demo-teamleider", "demo-inspecteur", "demo-beleid", "demo-beleid-2", "demo-systeem", "demo-beheer"}
	out := Tokens{}
	for _, n := range names {
		out[sha256.Sum256([]byte(n))] = domain.Actor{ID: n, Rol: roles[n]}
	}
	return out, names
}

// DemoActor is who sends in the meldingen of a demonstration.
func DemoActor() domain.Actor { return domain.Actor{ID: "demo-systeem", Rol: domain.Systeem} }

// actor finds the caller behind an Authorization header (RFC 6750).
func (t Tokens) actor(header string) (domain.Actor, bool) {
	scheme, token, ok := strings.Cut(header, " ")
	if !ok || !strings.EqualFold(scheme, "bearer") {
		return domain.Actor{}, false
	}
	a, ok := t[sha256.Sum256([]byte(strings.TrimSpace(token)))]
	return a, ok
}
