package schedule_test

import (
	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

func (m *tally) JobAdded(string)                  {}
func (m *tally) Measured(app.Cijfers)             { m.measured.Add(1) }
func (m *tally) TermsCounted(map[term.Status]int) { m.counted.Add(1) }
