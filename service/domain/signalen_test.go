package domain_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

func TestTheChanceOfSoManyIsThatOfAPoissonCount(t *testing.T) {
	for name, c := range map[string]struct {
		n    int
		mean float64
		want float64
	}{
		"none is certain":            {0, 3, 1},
		"one of mean one":            {1, 1, 0.6321205588285577},
		"four of a quiet year":       {4, 90.0 / 365, 0.0001264}, // a mean of 0.2466
		"ten of mean ten":            {10, 10, 0.5420702855281478},
		"twenty of mean ten":         {20, 10, 0.003454341985696634},
		"a hundred of mean ten":      {100, 10, 5.397e-63},
		"far below a mean of 10 000": {9000, 10000, 1},
	} {
		t.Run(name, func(t *testing.T) {
			assert.InEpsilon(t, c.want, domain.Overschrijdingskans(c.n, c.mean), 2e-3)
		})
	}
}

// exact sums the Poisson distribution below n with rational steps of e^-mean.
func exact(n int, mean float64) float64 {
	sum, term := new(big.Float).SetPrec(300), new(big.Float).SetPrec(300).SetInt64(1)
	for k := range n {
		sum.Add(sum, term)
		term.Mul(term, new(big.Float).SetPrec(300).SetFloat64(mean))
		term.Quo(term, new(big.Float).SetPrec(300).SetInt64(int64(k+1)))
	}
	below, _ := sum.Float64()
	return 1 - below*math.Exp(-mean)
}

func TestTheChanceAgreesWithTheSumOfTheOthers(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		n, mean := rapid.IntRange(0, 60).Draw(r, "n"), rapid.Float64Range(0.2, 40).Draw(r, "mean")
		got := domain.Overschrijdingskans(n, mean)
		assert.InDelta(r, exact(n, mean), got, 1e-12)
		assert.GreaterOrEqual(r, got, 0.0)
		assert.LessOrEqual(r, got, 1.0)
		assert.LessOrEqual(r, domain.Overschrijdingskans(n+1, mean), got, "more is less likely")
	})
}

func TestFiguresOfCounts(t *testing.T) {
	counted := domain.SignaalTelling{Aantal30: 1, Aantal90: 3, Aantal365: 8, AantalVorigJaar: 0, Ernstig365: 2}
	got := counted.Met(true).Signalen()
	assert.Equal(t, domain.Signalen{
		Aantal30: 2, Aantal90: 4, Aantal365: 9, Ernstig365: 3, Overschrijdingskans: domain.Overschrijdingskans(4, 90.0/365),
	}, got, "a year without signals counts as one with one")
	assert.Equal(t, 2, counted.Met(false).Ernstig365)
}
