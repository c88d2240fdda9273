package term

// NadereTermijn is a later end that was agreed. A zero Date was not given.
type NadereTermijn struct{ Tot, AkkoordOp Date }

// Berekening is one question: when does a term of Soort end that started on
// Start, as seen on Peildatum. A zero Date was not given; nil means that nothing
// was agreed.
type Berekening struct {
	Soort         Soort
	Start         Date
	Peildatum     Date
	VerlengdOp    Date
	NadereTermijn *NadereTermijn
	VoldaanOp     Date
}

// Status is how a term stands on the day asked for.
type Status string

// The states of a term.
const (
	Lopend        Status = "lopend"
	Nadert        Status = "nadert"
	Verstreken    Status = "verstreken"
	Voldaan       Status = "voldaan"
	TeLaatVoldaan Status = "te_laat_voldaan"
)

// Sentence is a sentence for the user: Key names it in the texts, Args (Date,
// string or int) fill it.
type Sentence struct {
	Key  string
	Args []any
}

// Verlenging tells whether an extension counts. There is always a reason.
type Verlenging struct {
	Geldig bool
	Reden  Sentence
}

// Stap is one step from the start to the end, on its day.
type Stap struct {
	Datum Date
	Reden Sentence
}

// Uitkomst is the answer to a Berekening.
type Uitkomst struct {
	Soort    Soort
	Titel    string
	Eigenaar Eigenaar
	// EigenNorm: no act gives the term; the office or the provider chose it.
	EigenNorm bool
	Start     Date
	// RuweEinddatum is the end as counted, Einddatum the end after it moved.
	RuweEinddatum, Einddatum Date
	// NadertVanaf is the first day on which the end is near.
	NadertVanaf Date
	Verlenging  *Verlenging // nil without a date of extension
	Status      Status
	// DagenResterend is the number of calendar days from the day asked for to
	// the end, negative when that passed; nil when the term was met.
	DagenResterend *int
	// Verklaring lists every step in order of date; the first is on Start, the
	// last on Einddatum.
	Verklaring     []Stap
	Bron           Bron
	Waarschuwingen []Sentence
}

// Fault is one thing wrong with a Berekening. Field is a path within it; Code
// names the sentence gebrek.<code> in the texts, which Args fill.
type Fault struct {
	Field, Code string
	Args        []any
}
