package sqlite

import (
	"context"
	"database/sql"
	"math"
	"slices"
	"strings"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// Aanbieders implements store.Aanbieders.
func (s *Store) Aanbieders(ctx context.Context, q domain.AanbiederVraag) (domain.AanbiederPagina, error) {
	var name, id string
	if q.Na != "" {
		if err := domain.DecodeCursor(q.Na, domain.LijstAanbieders, &name, &id); err != nil {
			return domain.AanbiederPagina{}, err
		}
	}
	words := strings.Fields(domain.Zoekvorm(q.Zoek))
	number := strings.Join(words, "")
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	args := []any{name, id, number, "", "", "", after(q.GewijzigdNa)} // every text holds the empty word
	for i, w := range words[:min(3, len(words))] {
		args[3+i] = w
	}

	var page domain.AanbiederPagina
	err := s.reader.until(ctx, nil, s.reader.aanbieders, args, func(rows *sql.Rows) (bool, error) {
		var a domain.Aanbieder
		var naamvorm, zoekvorm string
		if err := rows.Scan(append(aanbiederInto(&a), &naamvorm, &zoekvorm)...); err != nil {
			return false, err
		}
		if !a.Heet(zoekvorm, words) {
			return true, nil
		}
		if len(page.Aanbieders) == max(1, q.Aantal) {
			var err error
			page.Volgende, err = domain.EncodeCursor(domain.LijstAanbieders, name, id)
			return false, err
		}
		page.Aanbieders = append(page.Aanbieders, a)
		name, id = naamvorm, a.ID
		return true, nil
	})
	if err != nil {
		return domain.AanbiederPagina{}, fail("list providers", err)
	}
	return page, nil
}

// after is the moment t, or one before all others for the zero Time.
func after(t time.Time) int64 {
	if t.IsZero() {
		return math.MinInt64
	}
	return t.UnixMilli()
}
