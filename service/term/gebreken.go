package term

import "strings"

// The codes of what can be wrong with a Berekening.
const (
	GebrekSoort             = "termijn_soort"
	GebrekDatumOntbreekt    = "termijn_datum_ontbreekt"
	GebrekDatumBereik       = "termijn_datum_bereik"
	GebrekVoorStart         = "termijn_voor_start"
	GebrekGeenVerlenging    = "termijn_geen_verlenging"
	GebrekGeenNadereTermijn = "termijn_geen_nadere_termijn"
	GebrekHalveTermijn      = "termijn_nadere_half"
	GebrekNietNaEinde       = "termijn_nadere_niet_na_einde"
	GebrekAkkoordNaTot      = "termijn_akkoord_na_tot"
)

// checker gathers what is wrong with one Berekening. A rule over two fields is
// silent when one of them is wrong by itself.
type checker struct {
	k      *Kalender
	g      *SoortGegevens // nil: not a kind
	b      Berekening
	start  bool // the start can be counted from
	faults []Fault
}

// check counts the term of b when nothing is wrong with it, and otherwise names
// every fault.
func (k *Kalender) check(b Berekening) (verloop, []Fault) {
	c := checker{k: k, b: b, g: k.soort(b.Soort)}
	if c.g == nil {
		c.fault("soort", GebrekSoort, k.codes())
	}
	c.start = c.required("start", b.Start)
	c.required("peildatum", b.Peildatum)
	verlengd := c.extension()
	if b.NadereTermijn != nil {
		c.agreement(*b.NadereTermijn, verlengd)
	}
	c.after("voldaanOp", b.VoldaanOp)
	if len(c.faults) > 0 {
		return verloop{}, c.faults
	}
	return k.verloop(c.g, b), nil
}

func (c *checker) fault(field, code string, args ...any) {
	c.faults = append(c.faults, Fault{Field: field, Code: code, Args: args})
}

func (c *checker) required(field string, d Date) bool {
	if d.IsZero() {
		c.fault(field, GebrekDatumOntbreekt)
		return false
	}
	return c.inRange(field, d)
}

func (c *checker) inRange(field string, d Date) bool {
	if d.Year() < MinYear || d.Year() > MaxYear {
		c.fault(field, GebrekDatumBereik, MinYear, MaxYear)
		return false
	}
	return true
}

// after checks a date that may not lie before the start. It reports that the
// date was given and is sound.
func (c *checker) after(field string, d Date) bool {
	if d.IsZero() || !c.inRange(field, d) {
		return false
	}
	if c.start && d.Before(c.b.Start) {
		c.fault(field, GebrekVoorStart, c.b.Start)
		return false
	}
	return true
}

// extension checks the extension and gives its date, or no date when there is
// none that can count.
func (c *checker) extension() Date {
	d := c.b.VerlengdOp
	if !d.IsZero() && c.g != nil && !c.g.Verlengbaar() {
		c.fault("verlengdOp", GebrekGeenVerlenging)
		return Date{}
	}
	if !c.after("verlengdOp", d) {
		return Date{}
	}
	return d
}

// agreement checks what was agreed after a term that was extended on verlengd.
// A faulty extension leaves the end as it was: an agreement that is not even
// later than that is wrong whatever the extension turns out to be.
func (c *checker) agreement(n NadereTermijn, verlengd Date) {
	const field = "nadereTermijn"
	possible := c.g == nil || c.g.NadereTermijn
	half := n.Tot.IsZero() || n.AkkoordOp.IsZero()
	switch {
	case !possible:
		c.fault(field, GebrekGeenNadereTermijn)
	case half:
		c.fault(field, GebrekHalveTermijn)
	}
	tot := c.after(field+".tot", n.Tot)
	akkoord := c.after(field+".akkoordOp", n.AkkoordOp)
	if !possible || !tot {
		return
	}
	if c.g != nil && c.start {
		end := c.k.verloop(c.g, Berekening{Start: c.b.Start, VerlengdOp: verlengd}).zonderAfspraak().eind
		if !n.Tot.After(end) {
			c.fault(field, GebrekNietNaEinde, end)
		}
	}
	if akkoord && n.AkkoordOp.After(n.Tot) {
		c.fault(field, GebrekAkkoordNaTot, n.AkkoordOp, n.Tot)
	}
}

// codes lists the kinds there are.
func (k *Kalender) codes() string {
	codes := make([]string, len(k.soorten))
	for i, g := range k.soorten {
		codes[i] = string(g.Soort)
	}
	return strings.Join(codes, ", ")
}
