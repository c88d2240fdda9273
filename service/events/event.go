package events

import (
	"encoding/json"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// The types of event. A change that a reader of the old form cannot read gets a
// number one higher.
const (
	soortHerinnering = "nl.zorgmeldingen.herinnering-gegeven.v1"
	soortAlarm       = "nl.zorgmeldingen.alarm-gegeven.v1"
)

// event is a CloudEvent. Time is when the service recorded it.
type event struct {
	SpecVersion     string    `json:"specversion"`
	ID              string    `json:"id"`
	Source          string    `json:"source"`
	Type            string    `json:"type"`
	Subject         string    `json:"subject"`
	Time            time.Time `json:"time"`
	DataContentType string    `json:"datacontenttype"`
	Data            any       `json:"data"`
}

// herinnering is the data of a reminder.
type herinnering struct {
	Kenmerk   string     `json:"kenmerk"`
	Termijn   term.Soort `json:"termijn"`
	Partij    string     `json:"partij,omitempty"`
	Einddatum string     `json:"einddatum"`
	Dagen     int        `json:"dagen"` // after the end, negative before it
}

// alarm is the data of a round of an alarm.
type alarm struct {
	Kenmerk string        `json:"kenmerk"`
	Advies  domain.Advies `json:"advies"`
	Ronde   int           `json:"ronde"`
}

// body is b as it goes over the line: the same each time that it is sent.
func (v *Verzender) body(b domain.Bericht) ([]byte, error) {
	e := event{
		SpecVersion: "1.0", ID: b.ID, Source: v.bron, Type: soortHerinnering, Subject: b.Kenmerk, Time: b.Op.UTC(),
		DataContentType: "application/json",
		Data:            herinnering{b.Kenmerk, b.Termijn, string(b.Partij), b.Einddatum.String(), b.Dagen},
	}
	if b.Soort == domain.BerichtAlarm {
		e.Type, e.Data = soortAlarm, alarm{b.Kenmerk, b.Advies, b.Ronde}
	}
	return json.Marshal(e) //nolint:wrapcheck // nothing in it can fail
}
