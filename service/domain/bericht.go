package domain

import (
	"time"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Bericht is what one user of the service, or other systems, are told of a melding.
// It holds codes, dates and ids, nothing personal.
type Bericht struct {
	ID        string // follows from what it says, of which occasion and to whom
	Soort     BerichtSoort
	Gebruiker string // id of the receiver; empty: it is an event for other systems
	Namens    string // id of the user the receiver stands in for; empty: for nobody
	MeldingID string
	Kenmerk   string
	// Of a reminder: the term, its end, and how many days after that it is given,
	// negative before it.
	Termijn   term.Soort
	Partij    Partij
	Grond     string
	Einddatum term.Date
	Dagen     int
	// Of an alarm: the advice, and the number of the round, from 1.
	Advies Advies
	Ronde  int
	// Of many alarms in one message: how many, since when the first waits, the version
	// of the policy that failed on them, 0 when none was active, and marks of the
	// meldingen that were counted. MeldingID is that first one.
	Aantal int
	Sinds  time.Time
	Beleid int
	Over   string

	Op        time.Time
	GelezenOp time.Time // the zero Time: not read
	Post      Post
}

// BerichtSoort is what a message is about.
type BerichtSoort string

// The kinds of message.
const (
	BerichtHerinnering BerichtSoort = "herinnering"
	BerichtAlarm       BerichtSoort = "alarm"
)

// BerichtSoorten lists every kind.
func BerichtSoorten() []BerichtSoort { return []BerichtSoort{BerichtHerinnering, BerichtAlarm} }

// Post is how a message stands that also leaves the product: by e-mail to a user,
// or as an event to other systems.
type Post struct {
	Stand PostStand
	// Pogingen is how many times it was begun to be sent; Volgende is when that is
	// done again, as long as it waits.
	Pogingen    int
	Volgende    time.Time
	VerzondenOp time.Time
}

// PostStand is where it stands.
type PostStand string

// The states of Post. PostGeen: there is no address to send to, and the message
// stays in the product. PostVervallen: what it says did not hold any more before it
// was sent. PostOpgegeven: the other side refused it for good, or it was tried long
// enough.
const (
	PostGeen      PostStand = "geen"
	PostWacht     PostStand = "wacht"
	PostVerzonden PostStand = "verzonden"
	PostVervallen PostStand = "vervallen"
	PostOpgegeven PostStand = "opgegeven"
)

// PostStanden lists every state.
func PostStanden() []PostStand {
	return []PostStand{PostGeen, PostWacht, PostVerzonden, PostVervallen, PostOpgegeven}
}

// BerichtVraag asks for a page of the messages of a user, newest first.
type BerichtVraag struct {
	Gebruiker string
	Ongelezen bool // only those that were not read
	// GewijzigdNa asks for those that were made, or read, after this moment.
	GewijzigdNa time.Time
	Na          string
	Aantal      int // at most this many, at least 1
}

// BerichtPagina is one page; Volgende is the key to ask the next one with, empty on
// the last. Ongelezen counts the unread messages of the user, on all pages.
type BerichtPagina struct {
	Berichten []Bericht
	Volgende  string
	Ongelezen int
}

// AlarmRegel is an alarm of a melding in a list. Nr is its place in
// Melding.Alarmen, from 0.
type AlarmRegel struct {
	MeldingID, Kenmerk string
	Nr                 int
	Alarm
}

// AlarmRegels are the alarms of m as they stand in lists.
func (m *Melding) AlarmRegels() []AlarmRegel {
	list := make([]AlarmRegel, 0, len(m.Alarmen))
	for i, a := range m.Alarmen {
		list = append(list, AlarmRegel{m.ID, m.Kenmerk, i, a})
	}
	return list
}

// AlarmVolgende is when the next round of the open alarm is due; the zero Time when
// there is none.
func (m *Melding) AlarmVolgende() time.Time {
	if a := m.alarm(); a != nil {
		return a.Volgende()
	}
	return time.Time{}
}

// AlarmVraag asks for a page of alarms that began from Van until Tot, newest first.
type AlarmVraag struct {
	Van, Tot time.Time // Van included, Tot not; zero: no bound
	Open     bool      // only those that nobody took on yet, and that still stand
	// GewijzigdNa asks for those of which something happened after this moment: they
	// began, a round was given, somebody took them on, or they lapsed.
	GewijzigdNa time.Time
	Na          string
	Aantal      int // at most this many, at least 1
}

// AlarmPagina is one page; Volgende is the key to ask the next one with, empty on
// the last.
type AlarmPagina struct {
	Alarmen  []AlarmRegel
	Volgende string
}
