package domain

// Rol is what an actor may be in this office.
type Rol string

// The roles of the office.
const (
	Medewerker Rol = "medewerker"
	Teamleider Rol = "teamleider"
	Inspecteur Rol = "inspecteur"
	Beleid     Rol = "beleid"
	Systeem    Rol = "systeem"
	Beheer     Rol = "beheer"
)

// Rollen lists every role.
func Rollen() []Rol { return []Rol{Medewerker, Teamleider, Inspecteur, Beleid, Systeem, Beheer} }

// Actor is who asks: a person of the office or another system. ID is stable and
// holds no personal data; it is what the history and the log keep.
type Actor struct {
	ID  string
	Rol Rol
}
