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
// its limit. Not counted are functions and loops that call nothing: in what OPA
// compiles these are the walks of its own library over a text or a table, which
// end with the memory.

// fuelExport is the name under which the counter is found: a mutable i64.
const fuelExport = "lmz_fuel"

// fuelTank is what the counter is filled up to: a few times what an evaluation of
// the shipped policy spends, and less than a millisecond.
const fuelTank = 100_000

// refuelAddress is what the counter calls opa_abort with; a text is never there.
const refuelAddress = 0

var errModule = errors.New("malformed wasm module")

// The parts of a module that withFuel reads (WebAssembly Core Specification 1.0,
// section 5.5).
const (
	sectionGlobal = 6
	sectionCode   = 10
	kindGlobal    = 3
	moduleHeader  = 8 // bytes of magic and version
)

// fuel is where a module keeps its counter, and whom it calls without.
type fuel struct{ global, refuel uint32 }

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
		case sectionImport:
			at, sections = imported(body), sections+1
			rest = body.b
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
func imported(c *cursor) (at fuel) {
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
	return at
}

// refuelled writes the code section again, with the counter in it.
func refuelled(c *cursor, at fuel) []byte {
	n := c.leb()
	out := leb(n)
	for range n {
		body := refuelledBody(&cursor{b: c.take(int(c.leb()))}, at.spend())
		if body == nil || c.bad {
			c.bad = true
			return nil
		}
		out = joined(out, leb(uint32(len(body))), body)
	}
	return out
}

// spend takes one from the counter, and calls the host below zero.
func (f fuel) spend() []byte {
	at := leb(f.global)
	return joined([]byte{0x23}, at, []byte{0x42, 1, 0x7d, 0x24}, at, // fuel := fuel - 1
		[]byte{0x23}, at, []byte{0x42, 0, 0x53, 0x04, 0x40}, // if fuel < 0
		[]byte{0x41, refuelAddress, 0x10}, leb(f.refuel), []byte{0x0b}) // then opa_abort(refuelAddress)
}

// refuelledBody writes one function again, with spend at its entry and at the
// heads of its loops, where they are needed. It gives nil when the function is
// not well formed.
func refuelledBody(c *cursor, spend []byte) []byte {
	for range c.leb() {
		c.leb()
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
	out, from := append([]byte(nil), c.b[:entry]...), entry
	for _, at := range heads {
		out = joined(out, c.b[from:at], spend)
		from = at
	}
	return append(out, c.b[from:]...)
}
