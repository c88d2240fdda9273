package sqlite

import (
	"database/sql"
	"errors"
	"math"
	"slices"
	"strconv"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// dagTelling is how many meldingen about a provider count on a day of a year
// (mmdd), and how many of these have a ground.
type dagTelling struct{ dag, aantal, ernstig int }

// signaalJaar are the counts of the days of a year, in their order. A day without
// meldingen is not there.
type signaalJaar []dagTelling

var errJaar = errors.New("counts of a year are not days in their order, each with two numbers")

// leesJaar adds what stands in a column dagen of signaal_jaar to days, which must
// be empty. It is read three times for every melding, and is a year of days long.
func leesJaar(days signaalJaar, text []byte) (signaalJaar, error) {
	last := math.MinInt
	for rest := text; len(rest) > 0; {
		var d dagTelling
		var a, b, c bool
		d.dag, rest, a = getal(rest, ' ')
		d.aantal, rest, b = getal(rest, ' ')
		d.ernstig, rest, c = getal(rest, ';')
		if !a || !b || !c || d.dag <= last {
			return nil, errJaar
		}
		last = d.dag
		days = append(days, d)
	}
	return days, nil
}

// getal reads a number of at most nine digits, and the sign that ends it.
func getal(text []byte, end byte) (n int, rest []byte, ok bool) {
	sign := 1
	if len(text) > 0 && text[0] == '-' {
		sign, text = -1, text[1:]
	}
	for i, c := range text {
		switch {
		case c == end && i > 0:
			return sign * n, text[i+1:], true
		case c < '0' || c > '9' || i == 9:
			return 0, nil, false
		}
		n = n*10 + int(c-'0')
	}
	return 0, nil, false
}

// text is what leesJaar reads.
func (j signaalJaar) text() string {
	out := make([]byte, 0, 12*len(j))
	for _, d := range j {
		out = append(strconv.AppendInt(out, int64(d.dag), 10), ' ')
		out = append(strconv.AppendInt(out, int64(d.aantal), 10), ' ')
		out = append(strconv.AppendInt(out, int64(d.ernstig), 10), ';')
	}
	return string(out)
}

// met gives j with the counts of d added to those of its day.
func (j signaalJaar) met(d dagTelling) signaalJaar {
	at, there := slices.BinarySearchFunc(j, d, func(x, y dagTelling) int { return x.dag - y.dag })
	if !there {
		return slices.Insert(j, at, d)
	}
	j[at].aantal, j[at].ernstig = j[at].aantal+d.aantal, j[at].ernstig+d.ernstig
	if j[at].aantal == 0 {
		return slices.Delete(j, at, at+1)
	}
	return j
}

// signaalTeller adds years up to the counts of the windows that end on a day.
type signaalTeller struct {
	dag, laatst                 int // yyyymmdd: the day, and the last that counts as later
	van30, van90, van365, begin int // the first days of the windows

	t     domain.SignaalTelling
	later int
	days  signaalJaar // of one year, kept for its memory
}

func newSignaalTeller(dag term.Date) *signaalTeller {
	at := func(days int) int { return int(vorm.DateNumber(dag.AddDays(days))) }
	return &signaalTeller{
		dag: at(0), laatst: at(domain.VensterTotal), van30: at(1 - domain.Venster30), van90: at(1 - domain.Venster90),
		van365: at(1 - domain.Venster365), begin: at(1 - domain.VensterTotal),
	}
}

// args are the parameters of selectSignalen.
func (s *signaalTeller) args(aanbieder, zonder string) []any {
	return []any{aanbieder, s.begin / 10000, s.laatst / 10000, zonder}
}

// scan adds a row of selectSignalen.
func (s *signaalTeller) scan(rows *sql.Rows) error {
	var jaar int
	var text sql.RawBytes
	if err := rows.Scan(&jaar, &text); err != nil {
		return err
	}
	return s.add(jaar, text)
}

// add adds the days of a year.
func (s *signaalTeller) add(jaar int, text []byte) (err error) {
	if s.days, err = leesJaar(s.days[:0], text); err != nil {
		return err
	}
	for _, d := range s.days {
		s.addDay(jaar*10000+d.dag, d)
	}
	return nil
}

func (s *signaalTeller) addDay(dag int, d dagTelling) {
	switch {
	case dag > s.laatst || dag < s.begin:
		return
	case dag > s.dag:
		s.later += d.aantal
		return
	case dag < s.van365:
		s.t.AantalVorigJaar += d.aantal
		return
	}
	s.t.Aantal365, s.t.Ernstig365 = s.t.Aantal365+d.aantal, s.t.Ernstig365+d.ernstig
	if dag >= s.van90 {
		s.t.Aantal90 += d.aantal
	}
	if dag >= s.van30 {
		s.t.Aantal30 += d.aantal
	}
}

// telling is the sum.
func (s *signaalTeller) telling() domain.SignaalTelling {
	s.t.Later = s.later > 0
	return s.t
}
