package term

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"time"
)

// Date is a civil date in the Gregorian calendar, without a moment or a zone.
// The zero Date is no date and lies before every other. Dates compare with ==
// and Compare. A date in a year that does not fit in 16 bits is no date.
type Date struct {
	year  int16
	month uint8
	day   uint8
}

// The first and last year a date can be read in, and a term can be asked for.
const (
	MinYear = 1900
	MaxYear = 2199
)

var (
	errNoDate = errors.New("parse date: not a day that exists, as YYYY-MM-DD")
	errYear   = fmt.Errorf("parse date: the year is not in %d to %d", MinYear, MaxYear)
)

const secondsPerDay = 24 * 60 * 60

// NewDate gives the date of year, month and day; values outside their usual
// range roll over, as in time.Date.
func NewDate(year int, month time.Month, day int) Date {
	return dateOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

func dateOf(t time.Time) Date {
	y, m, d := t.Date()
	if y < math.MinInt16 || y > math.MaxInt16 {
		return Date{}
	}
	return Date{int16(y), uint8(m), uint8(d)}
}

// DateIn is the civil date of the moment t in loc.
func DateIn(t time.Time, loc *time.Location) Date { return dateOf(t.In(loc)) }

// ParseDate reads YYYY-MM-DD, a day that exists, in a year from MinYear to
// MaxYear. The error does not repeat s.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, errNoDate
	}
	if t.Year() < MinYear || t.Year() > MaxYear {
		return Date{}, errYear
	}
	return dateOf(t), nil
}

func (d Date) time() time.Time {
	return time.Date(int(d.year), time.Month(d.month), int(d.day), 0, 0, 0, 0, time.UTC)
}

// IsZero reports that d is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Year is the year of d.
func (d Date) Year() int { return int(d.year) }

// Month is the month of d.
func (d Date) Month() time.Month { return time.Month(d.month) }

// Day is the day of the month of d.
func (d Date) Day() int { return int(d.day) }

// Weekday is the day of the week of d.
func (d Date) Weekday() time.Weekday { return d.time().Weekday() }

// AddDays gives the date n days later.
func (d Date) AddDays(n int) Date { return NewDate(int(d.year), time.Month(d.month), int(d.day)+n) }

// AddMonths gives the same day number n months later, or the last day of that
// month when it is shorter.
func (d Date) AddMonths(n int) Date {
	last := time.Date(int(d.year), time.Month(d.month)+time.Month(n)+1, 0, 0, 0, 0, 0, time.UTC)
	return NewDate(last.Year(), last.Month(), min(int(d.day), last.Day()))
}

// AddYears gives the same day n calendar years later; 29 February plus years to
// a year without it is 1 March.
func (d Date) AddYears(n int) Date { return NewDate(int(d.year)+n, time.Month(d.month), int(d.day)) }

// Compare is -1, 0 or 1 as d lies before, on or after e.
func (d Date) Compare(e Date) int { return cmp.Compare(d.ordinal(), e.ordinal()) }

func (d Date) ordinal() int { return (int(d.year)*16+int(d.month))*32 + int(d.day) }

// Before reports that d lies before e.
func (d Date) Before(e Date) bool { return d.ordinal() < e.ordinal() }

// After reports that d lies after e.
func (d Date) After(e Date) bool { return d.ordinal() > e.ordinal() }

// DaysUntil is the number of days from d to e, negative when e lies before d.
func (d Date) DaysUntil(e Date) int { return int((e.time().Unix() - d.time().Unix()) / secondsPerDay) }

// String gives YYYY-MM-DD, or the empty text for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.time().Format(time.DateOnly)
}
