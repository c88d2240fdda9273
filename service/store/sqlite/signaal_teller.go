package sqlite

import (
	"database/sql"
	"math"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// signaalTeller adds years up to the counts of the windows that end on a day.
type signaalTeller struct {
	dag, laatst                 int // yyyymmdd: the day, and the last that counts as later
	van30, van90, van365, begin int // the first days of the windows

	t     domain.SignaalTelling
	later int
}

func newSignaalTeller(dag term.Date) *signaalTeller {
	at := func(days int) int { return int(vorm.DateNumber(dag.AddDays(days))) }
	return &signaalTeller{
		dag: at(0), laatst: at(domain.VensterTotal), van30: at(1 - domain.Venster30), van90: at(1 - domain.Venster90),
		van365: at(1 - domain.Venster365), begin: at(1 - domain.VensterTotal),
	}
}

// args are the parameters of selectSignaalJaren.
func (s *signaalTeller) args(aanbieder string) []any {
	return []any{aanbieder, s.begin / 10000, s.laatst / 10000}
}

// scan adds a row of selectSignalen: a year, or a melding to be taken off.
func (s *signaalTeller) scan(rows *sql.Rows) error {
	var dag int
	var of aantallen
	var dagen sql.RawBytes
	if err := rows.Scan(&dag, &of.alle, &of.ernstig, &dagen); err != nil {
		return err
	}
	if of.alle != 0 {
		s.add(func(tot int) aantallen {
			if dag > tot {
				return aantallen{}
			}
			return of
		})
		return nil
	}
	j, err := leesJaar(dagen)
	if err == nil {
		s.addJaar(dag/10000, j)
	}
	return err
}

// addJaar adds the counts of a year.
func (s *signaalTeller) addJaar(jaar int, j signaalJaar) {
	s.add(func(tot int) aantallen {
		switch year := tot / 10000; {
		case year < jaar:
			return aantallen{}
		case year > jaar:
			return j.tot(math.MaxUint16)
		}
		return j.tot(tot % 10000)
	})
}

// add adds what was counted, which tot gives up to and with a number yyyymmdd. One
// less than that of a day lies behind all days before.
func (s *signaalTeller) add(tot func(dag int) aantallen) {
	begin, van365, van90, van30, dag := tot(s.begin-1), tot(s.van365-1), tot(s.van90-1), tot(s.van30-1), tot(s.dag)
	s.t.AantalVorigJaar += van365.minus(begin).alle
	s.t.Aantal365, s.t.Ernstig365 = s.t.Aantal365+dag.minus(van365).alle, s.t.Ernstig365+dag.minus(van365).ernstig
	s.t.Aantal90 += dag.minus(van90).alle
	s.t.Aantal30 += dag.minus(van30).alle
	s.later += tot(s.laatst).minus(dag).alle
}

// telling is the sum. Where more was taken off than there was it is an error.
func (s *signaalTeller) telling() (domain.SignaalTelling, error) {
	s.t.Later = s.later > 0
	year := aantallen{s.t.Aantal365, s.t.Ernstig365}
	if !year.mogelijk() || min(s.t.Aantal30, s.t.Aantal90, s.t.AantalVorigJaar, s.later) < 0 {
		return domain.SignaalTelling{}, errAantal
	}
	return s.t, nil
}
