// Package kopie copies all that a store keeps to another one, of whatever kind,
// and shows that nothing differs.
package kopie

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
)

// Deel is what was found of one kind of things, after it was copied: how many, and
// a SHA-256 in hex over all of them, the same for both stores.
type Deel struct {
	Soort  string
	Aantal int
	Digest string
}

// Kopieer copies everything from van to naar, in the order of its keys, and then
// reads both anew to compare them. What naar has already must be the same; else
// it is a Conflict with the Key fout.kopie_anders, and nothing was written. One
// that was broken off goes on when it is done again. tell is told of every piece
// that was read from van. Nobody may write in either meanwhile: where the two
// differ in the end it is a Conflict with the Key fout.kopie_verschil.
func Kopieer(ctx context.Context, van, naar store.Kopie, tell func(n int)) ([]Deel, error) {
	for _, k := range kinds() {
		if err := k.vreemd(ctx, van, naar); err != nil {
			return nil, fmt.Errorf("look at target: %w", err)
		}
	}
	for _, k := range kinds() {
		if err := k.over(ctx, van, naar, tell); err != nil {
			return nil, fmt.Errorf("copy %s: %w", k.naam, err)
		}
	}
	var out []Deel
	for _, k := range kinds() {
		one, err := k.digest(ctx, van)
		if err != nil {
			return nil, fmt.Errorf("read source: %w", err)
		}
		other, err := k.digest(ctx, naar)
		if err != nil {
			return nil, fmt.Errorf("read target: %w", err)
		}
		if one != other {
			return nil, &domain.Error{Code: domain.Conflict, Key: "fout.kopie_verschil", Args: []any{k.naam}}
		}
		out = append(out, one)
	}
	return out, nil
}

// stuk is one thing: its key, its content as text, and how to keep it.
type stuk struct {
	sleutel, inhoud string
	waarde          any
}

// kind is a kind of things: how to read a page of it, and how to keep one.
type kind struct {
	naam string
	lees func(ctx context.Context, s store.Kopie, na string) ([]stuk, error)
	zet  func(ctx context.Context, s store.Kopie, list []stuk) error
}

// stream walks over all of a kind in a store.
type stream struct {
	kind  kind
	store store.Kopie
	page  []stuk
	na    string
	ended bool
}

// next gives the next piece, nil after the last.
func (s *stream) next(ctx context.Context) (*stuk, error) {
	if len(s.page) == 0 && !s.ended {
		page, err := s.kind.lees(ctx, s.store, s.na)
		if err != nil {
			return nil, err
		}
		s.page, s.ended = page, len(page) == 0
	}
	if s.ended {
		return nil, nil //nolint:nilnil // the end is no error
	}
	one := s.page[0]
	s.page, s.na = s.page[1:], one.sleutel
	return &one, nil
}

// vreemd refuses a target that has what the source has not, or has otherwise.
func (k kind) vreemd(ctx context.Context, van, naar store.Kopie) error {
	source, target := &stream{kind: k, store: van}, &stream{kind: k, store: naar}
	for {
		there, err := target.next(ctx)
		if err != nil || there == nil {
			return err
		}
		for {
			one, err := source.next(ctx)
			if err != nil {
				return err
			}
			if one == nil || one.sleutel > there.sleutel || (one.sleutel == there.sleutel && one.inhoud != there.inhoud) {
				return &domain.Error{Code: domain.Conflict, Key: "fout.kopie_anders"}
			}
			if one.sleutel == there.sleutel {
				break
			}
		}
	}
}

// over copies what the target does not have.
func (k kind) over(ctx context.Context, van, naar store.Kopie, tell func(int)) error {
	target := &stream{kind: k, store: naar}
	there, err := target.next(ctx)
	if err != nil {
		return err
	}
	for na := ""; ; {
		page, err := k.lees(ctx, van, na)
		if err != nil || len(page) == 0 {
			return err
		}
		var missing []stuk
		for _, one := range page {
			if na = one.sleutel; there == nil || there.sleutel != one.sleutel {
				missing = append(missing, one)
			} else if there, err = target.next(ctx); err != nil {
				return err
			}
		}
		if len(missing) > 0 {
			if err := k.zet(ctx, naar, missing); err != nil {
				return err
			}
		}
		tell(len(page))
	}
}

// digest counts all of a kind.
func (k kind) digest(ctx context.Context, s store.Kopie) (Deel, error) {
	out, all := Deel{Soort: k.naam}, sha256.New()
	for from := (&stream{kind: k, store: s}); ; out.Aantal++ {
		one, err := from.next(ctx)
		if err != nil {
			return out, err
		}
		if one == nil {
			out.Digest = hex.EncodeToString(all.Sum(nil))
			return out, nil
		}
		add(all, one.sleutel)
		add(all, one.inhoud)
	}
}

// add adds a text so that it cannot run into the next.
func add(to hash.Hash, text string) { _, _ = fmt.Fprintf(to, "%d:%s", len(text), text) }
