package policy

import (
	"errors"
	"fmt"
)

// Native code of a Wasm loop cannot be interrupted by the Go runtime: a long
// evaluation would hold up the next garbage collection, and with it the whole
// process. wazero's own checks cost a factor four. So each module is given a
// counter that goes down at every call and every turn of a loop. Below zero it
// calls the host, which fills it up again, or stops an evaluation that is past
// its limit. Loops that call nothing, which are the walks of OPA's own library
// over a text or a table, pay for their turns per quietTurns: most end before.

// fuelExport is the name under which the counter is found: a mutable i64.
const fuelExport = "lmz_fuel"

// fuelTank is what the counter is filled up to: a few times what an evaluation of
// the shipped policy spends, and less than a millisecond.
const fuelTank = 100_000

// quietTurns is a power of two: so many turns of the loops in one call of a function
// that call nothing are paid for at once.
const quietTurns = 1024

// refuelAddress is what the counter calls opa_abort with; a text is never there.
const refuelAddress = 0

var errModule = errors.New("malformed wasm module")

// The parts of a module that withFuel reads (WebAssembly Core Specification 1.0,
// section 5.5).
const (
	sectionFunction = 3
	sectionGlobal   = 6
	sectionCode     = 10
	kindGlobal      = 3
	moduleHeader    = 8 // bytes of magic and version
)

// fuel is where a module keeps its counter, and whom it calls without; and how many
// arguments the functions of each type and of its code take.
type fuel struct {
	global, refuel   uint32
	types, arguments []uint32
}

// withFuel gives wasm with the counter written into it. Whatever the module did,
// it does the same. A module that is not well formed, that holds an instruction
// withFuel does not know, or that does not import opa_abort, is an error.
func withFuel(wasm []byte) ([]byte, error) {
	c := &cursor{b: wasm}
	out := append([]byte(nil), c.take(moduleHeader)...)
	var at fuel
	sections := 0
	for len(c.b) > c.at && !c.bad {
		id := c.byte()
		body := &cursor{b: c.take(int(c.leb()))}
		var rest []byte
		switch id {
		case sectionType:
			at.types, rest = body.types(), body.b
		case sectionFunction:
			at.arguments, rest = body.arguments(at.types), body.b
		case sectionImport:
			at.imported(body)
			sections, rest = sections+1, body.b
		case sectionGlobal:
			n := body.leb()
			at.global, sections = at.global+n, sections+1
			rest = joined(leb(n+1), body.rest(), full())
		case sectionExport:
			n := body.leb()
			sections++
			rest = joined(leb(n+1), body.rest(), name(fuelExport), []byte{kindGlobal}, leb(at.global))
		case sectionCode:
			sections++
			rest = refuelled(body, at)
		default:
			rest = body.b
		}
		if body.bad {
			return nil, fmt.Errorf("add fuel: section %d: %w", id, errModule)
		}
		out = joined(append(out, id), leb(uint32(len(rest))), rest)
	}
	if c.bad || sections != 4 {
		return nil, fmt.Errorf("add fuel: %w", errModule)
	}
	return out, nil
}

// full is a mutable i64 global that starts at the largest number: starting the
// module and reading its data are not what is bounded.
func full() []byte {
	return []byte{0x7e, 1, 0x42, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00, 0x0b}
}

func joined(first []byte, rest ...[]byte) []byte {
	for _, r := range rest {
		first = append(first, r...)
	}
	return first
}

// imported counts the globals that a module imports, and finds opa_abort; a
// module without it is bad.
func (at *fuel) imported(c *cursor) {
	functions, found := uint32(0), false
	for range c.leb() {
		c.take(int(c.leb()))
		function := string(c.take(int(c.leb())))
		switch c.byte() {
		case kindFunc:
			c.leb()
			if function == abortFunction {
				at.refuel, found = functions, true
			}
			functions++
		case kindMemory:
			c.limits()
		case kindGlobal:
			at.global++
			c.take(2)
		default: // a table
			c.byte()
			c.limits()
		}
		if c.bad {
			break
		}
	}
	c.bad = c.bad || !found
}

// refuelled writes the code section again, with the counter in it.
func refuelled(c *cursor, at fuel) []byte {
	n := c.leb()
	if int(n) != len(at.arguments) {
		c.bad = true
		return nil
	}
	out := leb(n)
	for _, arguments := range at.arguments {
		body := refuelledBody(&cursor{b: c.take(int(c.leb()))}, arguments, at)
		if body == nil || c.bad {
			c.bad = true
			return nil
		}
		out = joined(out, leb(uint32(len(body))), body)
	}
	return out
}

// spend takes n from the counter, and calls the host below zero.
func (at fuel) spend(n uint32) []byte {
	global := leb(at.global)
	return joined([]byte{0x23}, global, []byte{0x42}, positive(n), []byte{0x7d, 0x24}, global, // fuel := fuel - n
		[]byte{0x23}, global, []byte{0x42, 0, 0x53, 0x04, 0x40}, // if fuel < 0
		[]byte{0x41, refuelAddress, 0x10}, leb(at.refuel), []byte{0x0b}) // then opa_abort(refuelAddress)
}

// turn counts a turn in the local, and pays when there are quietTurns of them.
func (at fuel) turn(local uint32) []byte {
	return joined([]byte{0x20}, leb(local), []byte{0x41, 1, 0x6a, 0x22}, leb(local), // local := local + 1
		[]byte{0x41}, positive(quietTurns-1), []byte{0x71, 0x45, 0x04, 0x40}, // if local % quietTurns = 0
		at.spend(quietTurns), []byte{0x0b})
}

// positive writes a number as a signed LEB128.
func positive(n uint32) []byte {
	out := leb(n)
	if last := len(out) - 1; out[last]&0x40 != 0 { // it would read as negative
		out[last] |= 0x80
		out = append(out, 0)
	}
	return out
}

// refuelledBody writes one function again, with spend at its entry and at the
// heads of its loops where it calls others, and turn at the heads of the other
// loops. It gives nil when the function is not well formed.
func refuelledBody(c *cursor, arguments uint32, at fuel) []byte {
	groups, local := c.leb(), arguments
	first := c.at
	for range groups {
		local += c.leb()
		c.byte()
		if c.bad {
			return nil
		}
	}
	entry := c.at
	heads := c.heads()
	if c.bad {
		return nil
	}
	// one more local, the counter of turns
	out, from := joined(leb(groups+1), c.b[first:entry], []byte{1, 0x7f}), entry
	for _, h := range heads {
		pay := at.spend(1)
		if h.quiet {
			pay = at.turn(local)
		}
		out = joined(out, c.b[from:h.at], pay)
		from = h.at
	}
	return append(out, c.b[from:]...)
}
