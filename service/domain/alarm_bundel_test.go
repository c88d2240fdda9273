package domain_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// waiting are meldingen with an open alarm of an advice, each a second after the one
// before it.
func waiting(advice domain.Advies, ids ...string) []domain.Melding {
	var list []domain.Melding
	for i, id := range ids {
		list = append(list, domain.Melding{ID: id, Alarmen: []domain.Alarm{{Advies: advice, Sinds: begun.Add(time.Duration(i) * time.Second)}}})
	}
	return list
}

// begun is when the first of them began.
var begun = time.Date(2026, time.November, 13, 9, 0, 0, 0, time.UTC)

func TestTheAnchorIsTheAlarmThatBeganFirst(t *testing.T) {
	failed := waiting(domain.Beoordelen, "d", "c", "b")
	same := failed[0]
	same.ID = "a"
	assert.Nil(t, domain.BundelAnker(nil))
	assert.Nil(t, domain.BundelAnker(append(waiting(domain.Escaleren, "x"), domain.Melding{ID: "y"})), "only of what has no advice")
	for name, due := range map[string][]domain.Melding{
		"in order":       {same, failed[0], failed[1], failed[2]},
		"turned round":   {failed[2], failed[1], failed[0], same},
		"as others come": append(waiting(domain.Escaleren, "x"), failed[1], same),
	} {
		require.NotNil(t, domain.BundelAnker(due), name)
		assert.Equal(t, "a", domain.BundelAnker(due).ID, name)
	}
}

func TestOnlyWhoIsToldOfMoreThanFiveIsToldOfThemTogether(t *testing.T) {
	due := append(waiting(domain.Beoordelen, "a", "b", "c", "d", "e", "f"), waiting(domain.Escaleren, "g", "h")...)
	line := func(a domain.Alarm) []domain.Geadresseerde {
		told := []domain.Geadresseerde{{Gebruiker: domain.Gebruiker{ID: "eerste"}}}
		if a.Sinds.Before(begun.Add(5 * time.Second)) {
			told = append(told, domain.Geadresseerde{Gebruiker: domain.Gebruiker{ID: "tweede"}})
		}
		return told
	}
	assert.Equal(t, map[string][]string{"eerste": {"a", "b", "c", "d", "e", "f"}}, domain.InBundels(due, line))
	assert.Empty(t, domain.InBundels(due[1:], line))
}

func TestAMessageOfManyIsOneForEachQuarterAndIsAboutWhatWasDue(t *testing.T) {
	m := waiting(domain.Beoordelen, "a", "b")
	piet := domain.Geadresseerde{Gebruiker: domain.Gebruiker{ID: "piet", EMail: "p@example.nl"}}
	b := m[0].BundelBericht([]string{"a", "b", "d"}, 3, begun.Add(domain.AlarmRonde-1), piet)
	assert.Equal(t, b.ID, m[0].BundelBericht(nil, 4, begun, piet).ID)
	assert.NotEqual(t, b.ID, m[0].BundelBericht(nil, 4, begun.Add(domain.AlarmRonde), piet).ID)
	assert.NotEqual(t, b.ID, m[1].BundelBericht(nil, 4, begun.Add(time.Second), piet).ID)
	assert.NotEqual(t, b.ID, m[0].AlarmBericht(m[0].Alarmen[0], begun, piet).ID)
	assert.Equal(t, 3, b.Aantal)

	b.Op = begun.Add(time.Second)
	later := waiting(domain.Beoordelen, "a", "b", "c")[2]
	urgent := waiting(domain.Escaleren, "a")[0]
	notCounted, lateRound := m[1], waiting(domain.Beoordelen, "a", "c", "d")[2]
	notCounted.ID = "c"
	for i, want := range map[*domain.Melding]bool{
		&m[0]: true, &m[1]: true, &notCounted: false, &lateRound: false, &later: false, &urgent: false, {ID: "x"}: false,
	} {
		assert.Equal(t, want, b.Omvat(i), i.ID)
	}
	most := m[0].BundelBericht(make([]string, 2000), 3, b.Op, piet)
	assert.Equal(t, domain.AlarmBundelHoogst, most.Aantal)
	assert.True(t, most.Omvat(&notCounted), "so many or more")
	assert.False(t, most.Omvat(&later))
	alone := m[0].AlarmBericht(m[0].Alarmen[0], begun, piet)
	assert.False(t, alone.Omvat(&m[0]))
	assert.False(t, b.Achterhaald(b.Op.Add(domain.AlarmRonde-1)))
	assert.True(t, b.Achterhaald(b.Op.Add(domain.AlarmRonde)))
}
