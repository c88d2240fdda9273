package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// mostKwartalen is how many quarters are at most read apart; days that are in
// more are most of the days there are.
const mostKwartalen = 12

// zoek reads a page that no index holds in one range. When one of the filters
// leaves few rows they are put in order here; days in another order than theirs
// are looked for per quarter; and else a list, or what it is made of, is filtered row by
// row.
func (r *reader) zoek(ctx context.Context, tx *sql.Tx, v *vraag) (domain.MeldingPagina, error) {
	gelijk, klantkenmerk, periode, na := v.gevraagd()
	if klantkenmerk { // one per client
		return r.enkele(ctx, tx, v, opKlantkenmerk)
	}
	names := slices.Clone(gelijk)
	if periode {
		names = append(names, opPeriode)
	}
	if na {
		names = append(names, opGewijzigdNa)
	}
	few := r.few
	switch {
	case len(names) == 1 && periode:
		few = min(few, v.weinigDagen())
	case len(gelijk) > 0 && lijst{gelijk[0], v.Volgorde}.gezeefd(): // else much is passed over for a page
		few *= 2
	}
	fewest, err := r.fewest(ctx, tx, v, names, few)
	switch {
	case err != nil:
		return domain.MeldingPagina{}, err
	case fewest != "":
		return r.enkele(ctx, tx, v, fewest)
	case len(gelijk) > 0:
		return r.lijst(ctx, tx, v, lijst{gelijk[0], v.Volgorde})
	case periode && v.Volgorde != domain.OpOntvangst:
		return r.kwartalen(ctx, tx, v)
	}
	return r.lijst(ctx, tx, v, lijst{"", v.Volgorde})
}

// weinigDagen is how many rows of the days of v are few, where a page of them can be
// looked for per quarter of a year. Of a quarter about ninety days are passed over for
// one of v. A row read takes as long as some forty that are passed over (fewRows);
// sixteen leaves room for days that lie unevenly in the order. Days in more quarters, or
// with an open end, are few as all else is.
func (v *vraag) weinigDagen() int {
	quarters := kwartaal(v.Tot) - kwartaal(v.Van) + 1
	if v.Van.IsZero() || v.Tot.IsZero() || quarters > mostKwartalen {
		return math.MaxInt
	}
	days := max(1, v.Van.DaysUntil(v.Tot)+1)
	return max(v.Aantal, quarters*(v.Aantal+1)*90/days/16)
}

// fewest gives the filter of names that leaves fewest rows, when those are few.
func (r *reader) fewest(ctx context.Context, tx *sql.Tx, v *vraag, names []string, few int) (string, error) {
	best, fewest := "", few+1
	for _, name := range names {
		var n int
		err := r.all(ctx, tx, r.tellers[name], v.args(few+1), func(rows *sql.Rows) error { return rows.Scan(&n) })
		if err != nil {
			return "", fmt.Errorf("count %s: %w", name, err)
		}
		if n < fewest {
			best, fewest = name, n
		}
	}
	return best, nil
}

// enkele reads all keys that the filter name leaves, and of them a page.
func (r *reader) enkele(ctx context.Context, tx *sql.Tx, v *vraag, name string) (domain.MeldingPagina, error) {
	var keys []*sleutel
	err := r.all(ctx, tx, r.ingangen[name], v.args(0), func(rows *sql.Rows) error {
		k := &sleutel{}
		if err := rows.Scan(&k.nr, &k.ID, &k.Urgentie, &k.Dag, &k.Ontvangen, &k.Gewijzigd); err != nil {
			return err
		}
		if v.vanaf == nil || k.compare(v.vanaf, v.Volgorde) > 0 {
			keys = append(keys, k)
		}
		return nil
	})
	if err != nil {
		return domain.MeldingPagina{}, fmt.Errorf("find keys: %w", err)
	}
	return r.gesorteerd(ctx, tx, v, keys)
}

// kwartalen reads the keys of a page of each quarter that the days of v lie in,
// and of them a page.
func (r *reader) kwartalen(ctx context.Context, tx *sql.Tx, v *vraag) (domain.MeldingPagina, error) {
	var first, last int
	err := r.all(ctx, tx, r.uitersten, nil, func(rows *sql.Rows) error { return rows.Scan(&first, &last) })
	if err != nil {
		return domain.MeldingPagina{}, fmt.Errorf("find quarters: %w", err)
	}
	first = max(first, kwartaal(v.Van))
	if !v.Tot.IsZero() {
		last = min(last, kwartaal(v.Tot))
	}
	if last-first >= mostKwartalen {
		return r.lijst(ctx, tx, v, lijst{"", v.Volgorde})
	}
	return r.inDelen(ctx, tx, v, "kwartaal", v.perKwartaal(first, last))
}

// gesorteerd reads the first page of keys.
func (r *reader) gesorteerd(ctx context.Context, tx *sql.Tx, v *vraag, keys []*sleutel) (page domain.MeldingPagina, err error) {
	slices.SortFunc(keys, func(a, b *sleutel) int { return a.compare(b, v.Volgorde) })
	if len(keys) > v.Aantal {
		keys = keys[:v.Aantal]
		page.Volgende, err = domain.EncodeCursor(string(v.Volgorde), keys[v.Aantal-1].Delen(v.Volgorde)...)
		if err != nil {
			return domain.MeldingPagina{}, err
		}
	}
	page.Meldingen, err = r.metSleutels(ctx, tx, keys)
	return page, err
}

// metSleutels reads the meldingen of keys, in their order.
func (r *reader) metSleutels(ctx context.Context, tx *sql.Tx, keys []*sleutel) ([]domain.Melding, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	numbers := make([]int64, len(keys))
	place := make(map[int64]int, len(keys))
	for i, k := range keys {
		numbers[i], place[k.nr] = k.nr, i
	}
	text, err := json.Marshal(numbers)
	if err != nil {
		return nil, fmt.Errorf("encode rows: %w", err)
	}
	inOrder := make([]domain.Melding, len(keys))
	err = r.all(ctx, tx, r.meldingenMetNr, []any{string(text)}, func(rows *sql.Rows) error {
		var one []domain.Melding
		var nr int64
		if err := scanMeldingen(&one, &nr)(rows); err != nil {
			return err
		}
		inOrder[place[nr]] = one[0]
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read rows: %w", err)
	}
	return inOrder, nil
}
