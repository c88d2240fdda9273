package domain

import "math"

// The windows of the counts, in days that end on the day itself; the year before
// lies before the last one (contract section 3).
const (
	Venster30    = 30
	Venster90    = 90
	Venster365   = 365
	VensterTotal = 2 * Venster365
)

// Signalen are the figures of the counts: t with the probability that so many in
// 90 days are chance.
func (t SignaalTelling) Signalen() Signalen {
	mean := float64(max(t.AantalVorigJaar, 1)) * Venster90 / Venster365
	return Signalen{
		Aantal30: t.Aantal30, Aantal90: t.Aantal90, Aantal365: t.Aantal365, AantalVorigJaar: t.AantalVorigJaar,
		Ernstig365: t.Ernstig365, Overschrijdingskans: Overschrijdingskans(t.Aantal90, mean),
	}
}

// Met is t with one more melding of the day itself.
func (t SignaalTelling) Met(ernstig bool) SignaalTelling {
	t.Aantal30, t.Aantal90, t.Aantal365 = t.Aantal30+1, t.Aantal90+1, t.Aantal365+1
	if ernstig {
		t.Ernstig365++
	}
	return t
}

// Overschrijdingskans is P(X >= n) for a Poisson count X with the given mean > 0.
// Far in the upper tail it sums the tail itself, so that it keeps its digits.
func Overschrijdingskans(n int, mean float64) float64 {
	if n <= 0 {
		return 1
	}
	if float64(n) <= mean {
		return max(0, 1-poissonBelow(n, mean))
	}
	sum, term := 0.0, poisson(n, mean)
	for k := n; term > sum*1e-17; k++ {
		sum += term
		term *= mean / float64(k+1)
	}
	return min(1, sum)
}

// poissonBelow is P(X < n).
func poissonBelow(n int, mean float64) float64 {
	sum := 0.0
	for k := range n {
		sum += poisson(k, mean)
	}
	return sum
}

// poisson is P(X = k).
func poisson(k int, mean float64) float64 {
	lgamma, _ := math.Lgamma(float64(k) + 1)
	return math.Exp(float64(k)*math.Log(mean) - mean - lgamma)
}
