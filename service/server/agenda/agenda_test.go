package agenda_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/agenda"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

func texts(t *testing.T) domain.Texts {
	t.Helper()
	all, err := domain.LoadTexts()
	require.NoError(t, err)
	return all
}

func one(title string) app.AgendaTermijn {
	return app.AgendaTermijn{
		Uitkomst: term.Uitkomst{Titel: title, Einddatum: term.NewDate(2026, time.December, 31)},
		UID:      "u1", Kenmerk: "LMZ-7J34-78N7", Reeks: 3, Gewijzigd: time.Date(2026, time.November, 20, 10, 30, 0, 0, time.FixedZone("hier", 3600)),
	}
}

// read reads a calendar with another library.
func read(t require.TestingT, text []byte) *ics.Calendar {
	c, err := ics.ParseCalendar(bytes.NewReader(text))
	require.NoError(t, err)
	return c
}

func TestATermIsADayOfItsOwn(t *testing.T) {
	text, err := agenda.Schrijf(texts(t), app.Agenda{Termijnen: []app.AgendaTermijn{one("Uitspraak")}})
	require.NoError(t, err)
	assert.Equal(t, strings.ReplaceAll(`BEGIN:VCALENDAR
PRODID:-//LMZ-triage//Termijnen//NL
REFRESH-INTERVAL;VALUE=DURATION:PT1H
VERSION:2.0
X-WR-CALNAME:LMZ-termijnen
BEGIN:VEVENT
CLASS:PRIVATE
DESCRIPTION:Zo komt deze datum tot stand:
DTEND;VALUE=DATE:20270101
DTSTAMP:20261120T093000Z
DTSTART;VALUE=DATE:20261231
LAST-MODIFIED:20261120T093000Z
SEQUENCE:3
SUMMARY:LMZ-7J34-78N7: Uitspraak
TRANSP:TRANSPARENT
UID:u1@lmz-triage.zorgmeldingen.nl
END:VEVENT
END:VCALENDAR
`, "\n", "\r\n"), string(text))
}

func TestACalendarThatLeavesTermsOutSaysSoToday(t *testing.T) {
	text, err := agenda.Schrijf(texts(t), app.Agenda{Dag: term.NewDate(2026, time.November, 20), Termijnen: []app.AgendaTermijn{one("Een")}, Meer: 12})
	require.NoError(t, err)
	events := read(t, text).Events()
	require.Len(t, events, 2)
	assert.Equal(t, "Deze agenda toont de eerste 1 termijnen. Er zijn er nog 12. Kijk in de lijst van termijnen.", events[1].GetProperty(ics.ComponentPropertySummary).Value)
	assert.Equal(t, "20261120", events[1].GetProperty(ics.ComponentPropertyDtStart).Value)
}

func TestAnEmptyCalendarCanBeRead(t *testing.T) {
	text, err := agenda.Schrijf(texts(t), app.Agenda{})
	require.NoError(t, err)
	assert.Empty(t, read(t, text).Events())
}

// Whatever stands in a title: no line is too long, no character is broken, and it
// comes back.
func TestAnyTextComesBackInShortLines(t *testing.T) {
	all := texts(t)
	rapid.Check(t, func(rt *rapid.T) {
		title := rapid.StringOf(rapid.RuneFrom([]rune("abc ,;:\\\"é€👩\n"))).Draw(rt, "title")
		text, err := agenda.Schrijf(all, app.Agenda{Termijnen: []app.AgendaTermijn{one(title)}})
		require.NoError(rt, err)
		for line := range strings.SplitSeq(string(text), "\r\n") {
			require.LessOrEqual(rt, len(line), 75)
			require.True(rt, utf8.ValidString(line))
		}
		require.Equal(rt, "LMZ-7J34-78N7: "+title, read(rt, text).Events()[0].GetProperty(ics.ComponentPropertySummary).Value)
	})
}
