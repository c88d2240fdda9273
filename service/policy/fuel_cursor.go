package policy

import "slices"

// kind is what an instruction means for the counter.
type kind int

const (
	plainCode kind = iota
	aBlock         // block or if
	aLoop
	anEnd
	aCall
)

// cursor reads a binary module. Once it read past the end or met what it does
// not know it is bad, and gives zeroes.
type cursor struct {
	b   []byte
	at  int
	bad bool
}

func (c *cursor) take(n int) []byte {
	if c.bad || n < 0 || n > len(c.b)-c.at {
		c.bad = true
		return nil
	}
	c.at += n
	return c.b[c.at-n : c.at]
}

func (c *cursor) rest() []byte { return c.take(len(c.b) - c.at) }

func (c *cursor) byte() byte {
	if b := c.take(1); b != nil {
		return b[0]
	}
	return 0
}

// leb reads a LEB128 number; of a signed or a longer one it gives only the bits
// that fit, which is enough to pass over it.
func (c *cursor) leb() uint32 {
	n := uint32(0)
	for shift := 0; shift < 70; shift += 7 {
		b := c.byte()
		if shift < 35 {
			n |= uint32(b&0x7f) << shift
		}
		if b&0x80 == 0 {
			return n
		}
	}
	c.bad = true
	return 0
}

func (c *cursor) lebs(n int) {
	for i := 0; i < n && !c.bad; i++ {
		c.leb()
	}
}

// limits passes over the bounds of a memory or a table.
func (c *cursor) limits() {
	if c.byte()&1 == 1 {
		c.leb()
	}
	c.leb()
}

// frame is a block, loop or function that is open: where its code begins, and
// whether it calls anything.
type frame struct {
	at    int
	loop  bool
	calls bool
}

// head is where the counter must go down; quiet for a loop that calls nothing.
type head struct {
	at    int
	quiet bool
}

// heads walks the code of a function and gives the places, in order, where the
// counter must go down: its entry when it calls another function, and the head
// of each loop.
func (c *cursor) heads() []head {
	open, found := []frame{{at: c.at, loop: true}}, []head(nil)
	for c.at < len(c.b) && len(open) > 0 && !c.bad {
		switch last, k := len(open)-1, c.instruction(); k {
		case aBlock, aLoop:
			open = append(open, frame{at: c.at, loop: k == aLoop})
		case aCall:
			open[last].calls = true
		case anEnd:
			closed := open[last]
			open = open[:last]
			if closed.calls && last > 0 {
				open[last-1].calls = true
			}
			if closed.loop && (closed.calls || last > 0) {
				found = append(found, head{at: closed.at, quiet: !closed.calls})
			}
		case plainCode:
		}
	}
	c.bad = c.bad || len(open) > 0 || c.at != len(c.b)
	slices.SortFunc(found, func(a, b head) int { return a.at - b.at })
	return found
}

// types reads how many arguments the functions of each type take.
func (c *cursor) types() (out []uint32) {
	for range c.leb() {
		c.bad = c.bad || c.byte() != 0x60
		arguments := c.leb()
		c.take(int(arguments))
		c.take(int(c.leb()))
		if c.bad {
			return nil
		}
		out = append(out, arguments)
	}
	return out
}

// arguments reads how many arguments each function of the code takes.
func (c *cursor) arguments(types []uint32) (out []uint32) {
	for range c.leb() {
		of := c.leb()
		if c.bad || int(of) >= len(types) {
			c.bad = true
			return nil
		}
		out = append(out, types[of])
	}
	return out
}

// instruction passes over one instruction with what belongs to it (WebAssembly
// Core Specification 1.0, section 5.4, with sign extension, saturating
// conversion, bulk memory and reference types), and tells what it was.
func (c *cursor) instruction() kind {
	op := c.byte()
	switch op {
	case 0x02, 0x04: // block, if
		c.leb()
		return aBlock
	case 0x03: // loop
		c.leb()
		return aLoop
	case 0x0b:
		return anEnd
	case 0x10: // call
		c.leb()
		return aCall
	case 0x11: // call_indirect
		c.lebs(2)
		return aCall
	}
	c.immediate(op)
	return plainCode
}

// immediate passes over what belongs to an instruction that neither opens, ends
// nor calls anything.
func (c *cursor) immediate(op byte) {
	switch op {
	case 0x0e: // br_table
		c.lebs(int(c.leb()) + 1)
	case 0x1c: // select with types
		c.take(int(c.leb()))
	case 0x43: // f32.const
		c.take(4)
	case 0x44: // f64.const
		c.take(8)
	case 0xfc:
		c.prefixed()
	default:
		n, known := lebsOf(op)
		c.bad = c.bad || !known
		c.lebs(n)
	}
}

// lebsOf is how many numbers belong to an instruction, for those that take
// nothing else.
func lebsOf(op byte) (n int, known bool) {
	for _, r := range []struct {
		from, to byte
		n        int
	}{
		{0x00, 0x01, 0}, {0x05, 0x05, 0}, {0x0f, 0x0f, 0}, {0x1a, 0x1b, 0}, // unreachable, nop, else, return, drop, select
		{0x0c, 0x0d, 1},                  // br, br_if
		{0x20, 0x26, 1},                  // locals, globals, tables
		{0x28, 0x3e, 2},                  // loads and stores
		{0x3f, 0x42, 1},                  // memory.size, memory.grow, i32.const, i64.const
		{0x45, 0xc4, 0}, {0xd1, 0xd1, 0}, // comparisons, arithmetic, conversions
		{0xd0, 0xd0, 1}, {0xd2, 0xd2, 1}, // ref.null, ref.func
	} {
		if r.from <= op && op <= r.to {
			return r.n, true
		}
	}
	return 0, false
}

// prefixed passes over the rest of an instruction that starts with 0xFC.
func (c *cursor) prefixed() {
	switch sub := c.leb(); {
	case sub <= 7: // saturating conversions
	case sub == 8, sub == 10, sub == 12, sub == 14: // memory.init, memory.copy, table.init, table.copy
		c.lebs(2)
	case sub <= 17: // the others on memory and tables
		c.leb()
	default:
		c.bad = true
	}
}
