package domain

import "math"

// aanbieder reads the provider. An id without figures is whole: whether the id
// is known, only a store can tell.
func (r *reader) aanbieder(a *AanvraagAanbieder) *AanbiederFeiten {
	if a == nil {
		return nil
	}
	if a.Signalen != nil {
		r.signalen(*a.Signalen)
	}
	return &AanbiederFeiten{ID: or(a.ID, ""), Signalen: a.Signalen}
}

// signalen holds the figures against each other: a shorter period cannot count
// more than a longer one that it is part of.
func (r *reader) signalen(s Signalen) {
	const (
		at        = "aanbieder.signalen"
		aantal30  = at + ".aantal30"
		aantal90  = at + ".aantal90"
		aantal365 = at + ".aantal365"
		ernstig   = at + ".ernstig365"
		kans      = at + ".overschrijdingskans"
	)
	r.atLeastZero(aantal30, s.Aantal30)
	r.atLeastZero(aantal90, s.Aantal90)
	r.atLeastZero(aantal365, s.Aantal365)
	r.atLeastZero(at+".aantalVorigJaar", s.AantalVorigJaar)
	r.atLeastZero(ernstig, s.Ernstig365)
	switch p := s.Overschrijdingskans; {
	case p < 0 || math.IsNaN(p):
		r.misread(kans, "te_klein", "0")
	case p > 1:
		r.misread(kans, "te_groot", "1")
	}
	if s.Aantal30 > s.Aantal90 {
		r.fault(at, "signalen_30_90", nil, aantal30, aantal90)
	}
	if s.Aantal90 > s.Aantal365 {
		r.fault(at, "signalen_90_365", nil, aantal90, aantal365)
	}
	if s.Ernstig365 > s.Aantal365 {
		r.fault(at, "signalen_ernstig", nil, ernstig, aantal365)
	}
}

func (r *reader) atLeastZero(field string, n int) {
	if n < 0 {
		r.misread(field, "te_klein", "0")
	}
}
