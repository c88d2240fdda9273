package policy

import "zorgmeldingen.nl/lmz-triage/service/domain"

// completions holds the advice of every completion of the unknown facts: a
// point per combination of values, in mixed radix, fact 0 counting slowest.
type completions struct {
	sizes   []int // number of values per fact
	strides []int
	advices []int8 // rang, or -1 where not evaluated
	matters []bool // two points that differ only in this fact differ in advice
	lowest  int8
	highest int8
	open    int // facts not known to matter
}

const unevaluated = int8(-1)

func newCompletions(sizes []int) *completions {
	c := &completions{
		sizes: sizes, strides: make([]int, len(sizes)), matters: make([]bool, len(sizes)),
		lowest: int8(len(domain.Adviezen())), highest: unevaluated, open: len(sizes),
	}
	points := 1
	for i := len(sizes) - 1; i >= 0; i-- {
		c.strides[i] = points
		points *= sizes[i]
	}
	c.advices = make([]int8, points)
	for i := range c.advices {
		c.advices[i] = unevaluated
	}
	return c
}

// put records the advice at point and holds it against every neighbour that is
// known: a point that differs in one fact.
func (c *completions) put(point int, rang int8) {
	c.advices[point] = rang
	c.lowest, c.highest = min(c.lowest, rang), max(c.highest, rang)
	for i, size := range c.sizes {
		if c.matters[i] {
			continue
		}
		base := point - (point/c.strides[i]%size)*c.strides[i]
		for v := range size {
			if other := c.advices[base+v*c.strides[i]]; other != unevaluated && other != rang {
				c.matters[i] = true
				c.open--
				break
			}
		}
	}
}

// settled reports that no further point can change what is known: every fact
// matters, and the lowest and highest advice there are were seen.
func (c *completions) settled() bool {
	return c.open == 0 && c.lowest == 0 && int(c.highest) == len(domain.Adviezen())-1
}

// walk visits every point until the answer is settled, each step changing one
// fact (a reflected Gray code), so that a change costs little. set is told of
// every value that is put, all of the first point to begin with.
func (c *completions) walk(set func(fact, value int) error, at func() (int8, error)) error {
	values, direction, point := make([]int, len(c.sizes)), make([]int, len(c.sizes)), 0
	for i := range c.sizes {
		direction[i] = 1
		if err := set(i, 0); err != nil {
			return err
		}
	}
	for {
		rang, err := at()
		if err != nil {
			return err
		}
		if c.put(point, rang); c.settled() {
			return nil
		}
		i := len(c.sizes) - 1
		for ; i >= 0; i-- {
			if next := values[i] + direction[i]; next >= 0 && next < c.sizes[i] {
				break
			}
			direction[i] = -direction[i]
		}
		if i < 0 {
			return nil
		}
		values[i] += direction[i]
		point += direction[i] * c.strides[i]
		if err := set(i, values[i]); err != nil {
			return err
		}
	}
}
