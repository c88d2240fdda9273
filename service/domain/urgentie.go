package domain

import "fmt"

// NaUrgentie is a text that comes after every urgency.
const NaUrgentie = "~"

// Urgentie is the key by which a queue is worked: what a person must look at
// first sorts lowest. What is closed comes last; advice first, then the term that
// ends first, then age.
func (m *Melding) Urgentie() string {
	end := "9999-12-31"
	for _, t := range m.Termijnen {
		if t.Open() && t.Einddatum.String() < end {
			end = t.Einddatum.String()
		}
	}
	return fmt.Sprintf("%s %s %013d %s", urgentieRang(m.Advies.Advies, m.Status), end, m.OntvangenOp.UnixMilli(), m.ID)
}

// UrgentieVan gives what the urgencies of all meldingen with an advice and a status
// lie between.
func UrgentieVan(a Advies, s MeldingStatus) (van, tot string) {
	rank := urgentieRang(a, s)
	return rank + " ", rank + "!" // the sign behind the space
}

// urgentieRang is what an urgency begins with.
func urgentieRang(a Advies, s MeldingStatus) string {
	rank := len(Adviezen()) - a.Rang() // Beoordelen has rank -1
	if a == Beoordelen {
		rank = 0
	}
	if s == StatusAfgesloten {
		return fmt.Sprint("9", rank)
	}
	return fmt.Sprint(rank)
}
