package domain

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// Aanbieder is a care provider, as the office knows it. A number that is not
// known is empty.
type Aanbieder struct {
	ID               string // UUIDv7
	Naam, Plaats     string
	KvkNummer        string // 8 digits
	Vestigingsnummer string // 12 digits
	AgbCode          string // 8 digits
	// GewijzigdOp is when the office last heard something of it that it did not know;
	// the zero Time: not known.
	GewijzigdOp time.Time
}

// AanbiederOpgave is a provider as a melder named it: by ID, by a number, or by
// name and place. Empty is absent.
type AanbiederOpgave struct {
	ID, Naam, Plaats, KvkNummer, Vestigingsnummer, AgbCode string
}

// Leeg reports that no provider is named.
func (a *AanbiederOpgave) Leeg() bool { return a == nil || *a == AanbiederOpgave{} }

// Sleutels are the names under which a provider is unique, strongest first: an
// establishment, a care provider's own code, a company, else name and place. A
// company with establishments is not one of them, so a number of the company
// counts only where no establishment is named.
func (a Aanbieder) Sleutels() []string {
	var out []string
	if a.Vestigingsnummer != "" {
		out = append(out, "vestiging:"+a.Vestigingsnummer)
	}
	if a.AgbCode != "" {
		out = append(out, "agb:"+a.AgbCode)
	}
	if a.KvkNummer != "" && a.Vestigingsnummer == "" {
		out = append(out, "kvk:"+a.KvkNummer)
	}
	if a.Naam != "" {
		out = append(out, "naam:"+Zoekvorm(a.Naam)+"|"+Zoekvorm(a.Plaats))
	}
	return out
}

// Zelfde reports whether b can be the same provider as a, found by name: no
// number of the one says otherwise of the other.
func (a Aanbieder) Zelfde(b Aanbieder) bool {
	differ := func(x, y string) bool { return x != "" && y != "" && x != y }
	return !differ(a.KvkNummer, b.KvkNummer) && !differ(a.Vestigingsnummer, b.Vestigingsnummer) && !differ(a.AgbCode, b.AgbCode)
}

// Aangevuld is a with what b knows and a does not, changed at the moment of b when
// that is anything. That moment never goes back.
func (a Aanbieder) Aangevuld(b Aanbieder) Aanbieder {
	was := a
	for _, f := range []struct{ to, from *string }{
		{&a.Naam, &b.Naam},
		{&a.Plaats, &b.Plaats},
		{&a.KvkNummer, &b.KvkNummer},
		{&a.Vestigingsnummer, &b.Vestigingsnummer},
		{&a.AgbCode, &b.AgbCode},
	} {
		if *f.to == "" {
			*f.to = *f.from
		}
	}
	if a != was && b.GewijzigdOp.After(a.GewijzigdOp) {
		a.GewijzigdOp = b.GewijzigdOp
	}
	return a
}

// Heet reports that a is found by words: each stands in its name and place (zoekvorm,
// as Zoekvorm writes them) or is one of its numbers, or all of them together are one.
func (a Aanbieder) Heet(zoekvorm string, words []string) bool {
	numbers := []string{a.KvkNummer, a.Vestigingsnummer, a.AgbCode}
	if whole := strings.Join(words, ""); whole != "" && slices.Contains(numbers, whole) {
		return true
	}
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(zoekvorm, w) && !slices.Contains(numbers, w) })
}

// Zoekvorm writes a name as it is compared: small letters without accents, one
// space between words, no signs.
func Zoekvorm(name string) string {
	plain := strings.NewReplacer(
		"à", "a", "á", "a", "â", "a", "ã", "a", "ä", "a", "å", "a", "ç", "c", "è", "e", "é", "e", "ê", "e", "ë", "e",
		"ì", "i", "í", "i", "î", "i", "ï", "i", "ñ", "n", "ò", "o", "ó", "o", "ô", "o", "õ", "o", "ö", "o", "ø", "o",
		"ù", "u", "ú", "u", "û", "u", "ü", "u", "ý", "y", "ÿ", "y", "ß", "ss", "æ", "ae", "œ", "oe", "ĳ", "ij",
	).Replace(strings.ToLower(name))
	words := strings.FieldsFunc(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1 // an accent of its own, behind its letter
		}
		return r
	}, plain), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(words, " ")
}

// SignaalTelling counts the meldingen about a provider up to and including a day
// (contract section 3); a melding that counts has Telt. Later is whether there are
// any of the days after it, whose own figures it is part of.
type SignaalTelling struct {
	Aantal30, Aantal90, Aantal365, AantalVorigJaar, Ernstig365 int
	Later                                                      bool
}
