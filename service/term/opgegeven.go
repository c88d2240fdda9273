package term

// EigenTermijn is the code of a term that no act gives: the one a provider of
// youth care names itself for its answer to a complaint (Jeugdwet, article 4.2.1,
// leaves it to the provider's own rules). It is no kind of the calendar.
const EigenTermijn Soort = "eigen_termijn_aanbieder"

// titelEigenTermijn names that term for people.
const titelEigenTermijn = "Eigen termijn van de aanbieder"

// nadertEigen is the days left at which the end of such a term nears.
const nadertEigen = 7

// Opgegeven is a term with an end that was told, and is not counted.
type Opgegeven struct {
	Start, Tot, Peildatum Date
	VoldaanOp             Date // zero: not met
}

// Volg tells how a term with an end that was told stands. It does not move, and
// nothing about it is counted.
func (o Opgegeven) Volg() Uitkomst {
	u := Uitkomst{
		Soort: EigenTermijn, Titel: titelEigenTermijn, Eigenaar: VanAanbieder, EigenNorm: true, Start: o.Start,
		RuweEinddatum: o.Tot, Einddatum: o.Tot, NadertVanaf: o.Tot.AddDays(-nadertEigen),
		Verklaring: []Stap{
			{Datum: o.Start, Reden: zin("term.stap.start_eigen", o.Start)},
			{Datum: o.Tot, Reden: zin("term.stap.einde_eigen", o.Tot)},
		},
		Bron: Bron{
			Titel:      "Opgave van de aanbieder. Dit is geen wettelijke termijn.",
			Verwijzing: "https://wetten.overheid.nl/BWBR0034925",
		},
	}
	v := verloop{
		g: &SoortGegevens{NadertDagen: nadertEigen},
		b: Berekening{Start: o.Start, Peildatum: o.Peildatum, VoldaanOp: o.VoldaanOp}, basis: einde{o.Tot, o.Tot},
	}
	u.Status, u.DagenResterend = v.stand()
	return u
}
