package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"math"
	"slices"
	"strings"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// termijnSleutel is where a term stands in the lists.
type termijnSleutel struct {
	eind    int64
	melding string
	nr      int
}

func (k *termijnSleutel) parts() []any { return []any{&k.eind, &k.melding, &k.nr} }

// termijnVraag is a domain.TermijnVraag as the statements take it.
type termijnVraag struct {
	domain.TermijnVraag
	begin termijnSleutel // a page holds what comes behind it
	alles bool           // no filter but the kind, the sector and the days
}

func newTermijnVraag(q domain.TermijnVraag) (*termijnVraag, error) {
	q.Aantal = max(1, q.Aantal)
	v := &termijnVraag{TermijnVraag: q, begin: termijnSleutel{eind: vorm.DateNumber(q.Van), nr: -1}}
	v.alles = q.AanbiederID == "" && q.Behandelaar == "" && q.Afloop == "" && q.GewijzigdNa.IsZero()
	if q.Na == "" {
		return v, nil
	}
	var last termijnSleutel
	if err := domain.DecodeCursor(q.Na, domain.LijstTermijnen, last.parts()...); err != nil {
		return nil, err
	}
	if last.eind >= v.begin.eind { // else the days asked for begin later
		v.begin = last
	}
	return v, nil
}

// lijst is the list that holds what v asks for, with the kinds it is asked by.
func (v *termijnVraag) lijst() (soorten []string, naam string) {
	alle := []string{""}
	switch {
	case v.Afloop != "":
		return alle, "antwoord"
	case v.Behandelaar != "":
		return alle, "behandelaar"
	case v.AanbiederID != "":
		return alle, "aanbieder"
	case len(v.Aarden) > 0:
		return vorm.AardTeksten(v.Aarden), "soort"
	}
	return alle, "eind"
}

// args are the parameters of the list of a kind, aantal rows at most.
func (v *termijnVraag) args(soort string, aantal int) []any {
	return []any{
		orNull(v.Behandelaar), orNull(v.AanbiederID), soort, orNull(v.Sector), string(v.Afloop), lastDay(v.Tot),
		vorm.DateNumber(v.AandachtVan), lastDay(v.AandachtTot), v.soorten(), aantal, v.begin.eind, v.begin.melding, v.begin.nr,
		orMoment(v.GewijzigdNa),
	}
}

// soorten are the kinds asked for, each between bars; null for all.
func (v *termijnVraag) soorten() any {
	if len(v.Aarden) == 0 {
		return nil
	}
	return "|" + strings.Join(vorm.AardTeksten(v.Aarden), "|") + "|"
}

// lastDay is d, or a day behind all others when there is none.
func lastDay(d term.Date) int64 {
	if d.IsZero() {
		return math.MaxInt32
	}
	return vorm.DateNumber(d)
}

// Termijnen implements store.Termijnen.
func (s *Store) Termijnen(ctx context.Context, q domain.TermijnVraag) (domain.TermijnPagina, error) {
	v, err := newTermijnVraag(q)
	if err != nil {
		return domain.TermijnPagina{}, err
	}
	var rows []domain.TermijnRegel
	var counted []domain.TermijnAantal
	read := func(tx *sql.Tx) (err error) {
		if rows, err = s.reader.termijnRegels(ctx, tx, v); err == nil && v.Tel {
			counted, err = s.reader.telTermijnen(ctx, tx, q)
		}
		return err
	}
	if soorten, _ := v.lijst(); len(soorten) > 1 || v.Tel || !v.GewijzigdNa.IsZero() {
		err = s.reader.snapshot(ctx, read)
	} else {
		err = read(nil)
	}
	if err != nil {
		return domain.TermijnPagina{}, fail("list terms", err)
	}
	slices.SortFunc(rows, vorm.VergelijkTermijnen)
	page, err := vorm.TermijnPagina(rows, v.Aantal)
	page.Aantallen = counted
	return page, fail("list terms", err)
}

// termijnRegels reads the rows of a page of v, and some behind it.
func (r *reader) termijnRegels(ctx context.Context, tx *sql.Tx, v *termijnVraag) (rows []domain.TermijnRegel, err error) {
	few, err := r.weinigGewijzigd(ctx, tx, v)
	if err != nil {
		return nil, err
	}
	if few {
		rows, err := r.gewijzigd(ctx, tx, v)
		return slices.DeleteFunc(rows, v.voorbij), err
	}
	soorten, naam := v.lijst()
	for _, soort := range soorten {
		if err := r.all(ctx, tx, r.termijnen[naam], v.args(soort, v.Aantal+1), scanTermijn(&rows)); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// scanTermijn gives what collects rows into list.
func scanTermijn(list *[]domain.TermijnRegel) func(*sql.Rows) error {
	return func(rows *sql.Rows) error {
		var r domain.TermijnRegel
		var soort string
		var start, eind, aandacht, voldaan int64
		err := rows.Scan(&r.MeldingID, &r.Kenmerk, &r.Nr, &soort, &start, &eind, &aandacht, &voldaan, &r.Afloop,
			&r.AanbiederID, &r.Behandelaar, &r.Sector)
		r.Start, r.Einddatum, r.Aandacht, r.VoldaanOp = vorm.DateOf(start), vorm.DateOf(eind), vorm.DateOf(aandacht), vorm.DateOf(voldaan)
		r.TermijnAard = vorm.AardVan(soort)
		*list = append(*list, r)
		return err
	}
}

// TelTermijnen implements store.Termijnen.
func (s *Store) TelTermijnen(ctx context.Context, q domain.TermijnVraag) ([]domain.TermijnAantal, error) {
	list, err := s.reader.telTermijnen(ctx, nil, q)
	return list, fail("count terms", err)
}

// telTermijnen counts what q asks for, in tx when there is one.
func (r *reader) telTermijnen(ctx context.Context, tx *sql.Tx, q domain.TermijnVraag) ([]domain.TermijnAantal, error) {
	q.Na, q.Afloop = "", ""
	v, err := newTermijnVraag(q)
	if err != nil {
		return nil, err
	}
	if !v.GewijzigdNa.IsZero() {
		rows, err := r.gewijzigd(ctx, tx, v)
		return vorm.TelTermijnen(rows), err
	}
	query, args := r.termijnTelling, []any{
		v.begin.eind, lastDay(v.Tot), vorm.DateNumber(v.AandachtVan), lastDay(v.AandachtTot), orNull(v.Sector),
	}
	if !v.alles {
		_, naam := v.lijst()
		query, args = r.termijnTellers[naam], v.args("", 0)
	}
	var list []domain.TermijnAantal
	err = r.all(ctx, tx, query, args, func(rows *sql.Rows) error {
		var a domain.TermijnAantal
		var soort string
		var eind, aandacht int64
		if err := rows.Scan(&soort, &eind, &aandacht, &a.Aantal); err != nil {
			return err
		}
		if a.TermijnAard = vorm.AardVan(soort); len(v.Aarden) == 0 || slices.Contains(v.Aarden, a.TermijnAard) {
			a.Einddatum, a.Aandacht = vorm.DateOf(eind), vorm.DateOf(aandacht)
			list = append(list, a)
		}
		return nil
	})
	return list, err
}

// Stiptheid implements store.Termijnen. It reads the answers of the providers of
// its page, and of the next one up to the first that counts.
func (s *Store) Stiptheid(ctx context.Context, q domain.StiptheidVraag) (domain.StiptheidPagina, error) {
	var page domain.StiptheidPagina
	var last string
	if q.Na != "" {
		if err := domain.DecodeCursor(q.Na, domain.LijstStiptheid, &last); err != nil {
			return page, err
		}
	}
	query := s.reader.stiptheid
	if q.AanbiederID != "" {
		query = s.reader.stiptheidVan
	}
	var err error
	providers := 0
	read := s.reader.until(ctx, nil, query,
		[]any{q.AanbiederID, last, vorm.DateNumber(q.Van), lastDay(q.Tot), vorm.DateNumber(q.Vandaag)},
		func(rows *sql.Rows) (bool, error) {
			var f domain.Stiptheid
			var afloop domain.Afloop
			if err := rows.Scan(&f.AanbiederID, &f.Sector, &afloop); err != nil {
				return false, err
			}
			if len(page.Cijfers) == 0 || f.AanbiederID != page.Cijfers[len(page.Cijfers)-1].AanbiederID {
				if providers++; providers > max(1, q.Aantal) {
					page.Volgende, err = domain.EncodeCursor(domain.LijstStiptheid, page.Cijfers[len(page.Cijfers)-1].AanbiederID)
					return false, err
				}
			}
			f.Tel(cmp.Or(afloop, domain.Nooit), 1)
			page.Cijfers = addStiptheid(page.Cijfers, f)
			return true, nil
		})
	if read != nil {
		return domain.StiptheidPagina{}, fail("count answers", read)
	}
	slices.SortFunc(page.Cijfers, func(a, b domain.Stiptheid) int {
		return cmp.Or(strings.Compare(a.AanbiederID, b.AanbiederID), strings.Compare(a.Sector, b.Sector))
	})
	return page, nil
}

// addStiptheid adds f to the figures of its provider and sector, which are among
// the last of list.
func addStiptheid(list []domain.Stiptheid, f domain.Stiptheid) []domain.Stiptheid {
	for i := len(list) - 1; i >= 0 && list[i].AanbiederID == f.AanbiederID; i-- {
		if list[i].Sector == f.Sector {
			list[i].OpTijd += f.OpTijd
			list[i].Verlengd += f.Verlengd
			list[i].TeLaat += f.TeLaat
			list[i].Nooit += f.Nooit
			return list
		}
	}
	return append(list, f)
}
