package domain

import "time"

// Voorval is one thing that happened to a melding. It holds codes, dates and
// ids; of a field with personal data or free text only the name.
type Voorval struct {
	Nr    int // counts up from 1 within the melding
	Soort VoorvalSoort
	Op    time.Time
	Door  Actor
	// Gegevens say more, by name: an id, a code, a date.
	Gegevens map[string]string
	// Velden are the fields that changed.
	Velden []VeldWijziging
}

// VeldWijziging is a field that changed. Van and Naar are empty for absent, and
// for a field that is personal or free text.
type VeldWijziging struct{ Veld, Van, Naar string }

// VoorvalSoort is what happened.
type VoorvalSoort string

// The kinds of Voorval.
const (
	VoorvalOntvangen   VoorvalSoort = "ontvangen"
	VoorvalGewijzigd   VoorvalSoort = "gewijzigd"
	VoorvalKlacht      VoorvalSoort = "klacht_bij_aanbieder"
	VoorvalAdvies      VoorvalSoort = "advies"
	VoorvalTermijn     VoorvalSoort = "termijn_gestart"
	VoorvalTermijnAf   VoorvalSoort = "termijn_gewijzigd"
	VoorvalVervallen   VoorvalSoort = "termijn_vervallen"
	VoorvalNadert      VoorvalSoort = "termijn_nadert"
	VoorvalVerstreken  VoorvalSoort = "termijn_verstreken"
	VoorvalToestemming VoorvalSoort = "toestemming"
	VoorvalKlachtWeg   VoorvalSoort = "klacht_ingetrokken"
	VoorvalMijlpaal    VoorvalSoort = "mijlpaal"
	VoorvalMijlpaalAf  VoorvalSoort = "mijlpaal_gewijzigd"
	VoorvalMijlpaalWeg VoorvalSoort = "mijlpaal_ingetrokken"
	VoorvalVoldaan     VoorvalSoort = "termijn_voldaan"
	VoorvalBeeindigd   VoorvalSoort = "termijn_beeindigd"

	VoorvalHerinnering    VoorvalSoort = "herinnering"
	VoorvalToegewezen     VoorvalSoort = "toegewezen"
	VoorvalAlarm          VoorvalSoort = "alarm_begonnen"
	VoorvalAlarmRonde     VoorvalSoort = "alarm_gegeven"
	VoorvalAlarmVervallen VoorvalSoort = "alarm_vervallen"
	VoorvalAangenomen     VoorvalSoort = "alarm_aangenomen"
)

// Gebeurd appends what happened to the history.
func (m *Melding) Gebeurd(v Voorval) {
	v.Nr = len(m.Geschiedenis) + 1
	m.Geschiedenis = append(m.Geschiedenis, v)
}
