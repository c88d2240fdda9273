package domain_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/fixtures"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// with is calendar k with these days free as well, as version versie.
func with(t require.TestingT, k *term.Kalender, versie int, dagen ...string) domain.GeldendeKalender {
	b := term.Besluit{Besluit: "Een besluit", Bron: term.Bron{Titel: "koninklijk besluit, Staatscourant 2026, 1", Verwijzing: "https://wetten.overheid.nl"}}
	for _, d := range dagen {
		b.Dagen = append(b.Dagen, term.Besluitdag{Datum: d, Naam: "vrije dag"})
	}
	next, faults := k.Vul(term.Aanvulling{Besluiten: []term.Besluit{b}})
	require.Empty(t, faults)
	return domain.GeldendeKalender{Kalender: next, Versie: versie}
}

// herreken computes the terms of c anew by k, as the service does.
func (c *course) herreken(k domain.GeldendeKalender, today term.Date) domain.Herrekening {
	return c.m.Herreken(c.in, k, today, time.Time{}, domain.Actor{ID: "dienst", Rol: domain.Systeem})
}

func TestATermThatADecreeDayMovesIsTold(t *testing.T) {
	k := shipped(t)
	today := term.NewDate(2026, 3, 2)
	at := begin(t, k, fixtures.MijlpaalGeval{Ontvangen: "2026-03-02"}, today)
	require.Empty(t, at.happens("aanvulling_gevraagd 2026-03-02"))
	require.Equal(t, []string{"aanvullen_melding 2026-03-02 2026-03-16"}, at.terms())
	assert.True(t, at.m.Achter(2))
	before := at.m
	got := at.herreken(with(t, k, 2, "2026-03-16"), today)
	assert.Equal(t, domain.Herrekening{Anders: true, Verschoven: []term.Soort{"aanvullen_melding"}}, got)
	assert.Equal(t, []string{"aanvullen_melding 2026-03-02 2026-03-17"}, at.terms())
	assert.Equal(t, 2, at.m.Kalender)
	assert.False(t, at.m.Achter(2))
	assert.Equal(t, "2026-03-16", before.Termijnen[0].Einddatum.String(), "what was read before stays")
	last := at.m.Geschiedenis[len(at.m.Geschiedenis)-1]
	assert.Equal(t, domain.VoorvalTermijnAf, last.Soort)
	assert.Equal(t, map[string]string{
		"termijn": "aanvullen_melding", "start": "2026-03-02", "einddatum": "2026-03-17", "was": "2026-03-16", "aanleiding": "kalender",
	}, last.Gegevens)
	assert.Equal(t, "2026-03-03", at.m.Termijnen[0].Herinner.String(), "its reminders follow: fourteen days before the end")

	assert.Equal(t, domain.Herrekening{}, at.herreken(with(t, k, 2, "2026-03-16"), today), "done twice it changes nothing")
	back := at.herreken(domain.GeldendeKalender{Kalender: k, Versie: 3}, today)
	assert.Equal(t, []term.Soort{"aanvullen_melding"}, back.Verschoven, "a day that is taken back moves it back")
	assert.Equal(t, []string{"aanvullen_melding 2026-03-02 2026-03-16"}, at.terms())
}

func TestADayThatMovesOnlyAReminderIsKeptAndNotTold(t *testing.T) {
	k := shipped(t)
	today := term.NewDate(2026, 3, 2)
	at := begin(t, k, fixtures.MijlpaalGeval{Ontvangen: "2026-03-02"}, today)
	require.Empty(t, at.happens("aanvulling_gevraagd 2026-03-02"))
	require.Equal(t, "2026-03-09", at.m.Termijnen[0].Herinner.String())
	events := len(at.m.Geschiedenis)
	assert.Equal(t, domain.Herrekening{Anders: true}, at.herreken(with(t, k, 2, "2026-03-09"), today))
	assert.Equal(t, "2026-03-06", at.m.Termijnen[0].Herinner.String())
	assert.Len(t, at.m.Geschiedenis, events)
}

func TestADayThatTouchesNothingChangesOnlyTheVersion(t *testing.T) {
	k := shipped(t)
	at := begin(t, k, fixtures.MijlpaalGeval{Ontvangen: "2026-03-02"}, term.NewDate(2026, 3, 2))
	require.Empty(t, at.happens("aanvulling_gevraagd 2026-03-02"))
	before := at.m
	later := term.NewDate(2026, 3, 12) // near by now, which the sweep has not recorded
	assert.Equal(t, domain.Herrekening{}, at.herreken(with(t, k, 2, "2026-12-14"), later))
	before.Kalender = 2
	assert.Equal(t, before, at.m, "that a term came near is for the sweep to record")
}

func TestWhatWasMetOrEndedKeepsItsEndUnderAnotherCalendar(t *testing.T) {
	k := shipped(t)
	at := begin(t, k, fixtures.MijlpaalGeval{Ontvangen: "2026-03-02"}, term.NewDate(2026, 9, 1))
	require.Empty(t, at.happens("aanvulling_gevraagd 2026-03-02"))
	require.Empty(t, at.happens("aanvulling_ontvangen 2026-03-17")) // a day late
	require.Empty(t, at.happens("rapport_gevraagd 2026-03-20"))     // until 15 May, which is free: 18 May
	require.Empty(t, at.happens("onderzoek_gesloten 2026-05-19"))   // passed by then
	want := []string{"aanvullen_melding 2026-03-02 2026-03-16 2026-03-17", "onderzoek_aanbieder 2026-03-20 2026-05-18 op:2026-05-19"}
	require.Equal(t, want, at.terms())
	assert.False(t, at.m.Achter(9), "nothing runs")
	next := with(t, k, 2, "2026-03-16", "2026-05-18", "2026-05-19")
	assert.Empty(t, at.herreken(next, at.today).Verschoven)
	assert.Equal(t, want, at.terms())
	at.k = next.Kalender
	require.Empty(t, at.happens("in_behandeling_genomen 2026-06-01"))
	assert.Equal(t, append(want, "besluit_onderzoek 2026-06-01 2026-06-29"), at.terms(), "not by who records something else either")
}

func TestATermThatPassedRunsAgainWhenItsEndMoves(t *testing.T) {
	k := shipped(t)
	at := begin(t, k, fixtures.MijlpaalGeval{Ontvangen: "2026-03-02"}, term.NewDate(2026, 3, 17))
	require.Empty(t, at.happens("aanvulling_gevraagd 2026-03-02"))
	at.m.Veeg(at.today, time.Time{}, someone())
	require.Equal(t, term.Verstreken, at.m.Termijnen[0].Status)
	assert.NotEmpty(t, at.herreken(with(t, k, 2, "2026-03-16", "2026-03-17"), at.today).Verschoven)
	assert.Equal(t, term.Nadert, at.m.Termijnen[0].Status)
	back := at.m
	back.Termijnen = slices.Clone(at.m.Termijnen)
	_, changed := at.m.Veeg(term.NewDate(2026, 3, 19), time.Time{}, someone())
	assert.True(t, changed, "it passes again, at its new end")

	at.m = back
	at.m.Veeg(at.today, time.Time{}, someone()) // near its new end
	assert.NotEmpty(t, at.herreken(domain.GeldendeKalender{Kalender: k, Versie: 3}, at.today).Verschoven)
	assert.Equal(t, term.Verstreken, at.m.Termijnen[0].Status)
	_, changed = at.m.Veeg(at.today, time.Time{}, someone())
	assert.False(t, changed, "that it passed at its first end was told")
	assert.Equal(t, term.Verstreken, at.m.Termijnen[0].Status)
	assert.True(t, at.m.Controle().IsZero())
}

func TestTermsFromBeforeThereWereRemindersGetTheirs(t *testing.T) {
	k := shipped(t)
	at := begin(t, k, fixtures.MijlpaalGeval{Ontvangen: "2026-03-02"}, term.NewDate(2026, 3, 2))
	require.Empty(t, at.happens("aanvulling_gevraagd 2026-03-02"))
	at.m.Termijnen[0].Herinner, at.m.Termijnen[0].HerinnerdTot, at.m.Termijnen[0].Grond = term.Date{}, term.Date{}, ""
	assert.Equal(t, domain.Herrekening{Anders: true}, at.herreken(domain.GeldendeKalender{Kalender: k, Versie: 1}, term.NewDate(2026, 3, 10)))
	assert.Equal(t, "2026-03-16", at.m.Termijnen[0].Herinner.String(), "those behind it are not made up for")
	assert.Equal(t, at.m.Mijlpalen[0].ID, at.m.Termijnen[0].Grond)
}

// TestWhateverTheCalendarDoesTheOpenTermsAreThoseOfTheNewest has calendars follow on
// each other and holds the terms against those of a melding that knew only the last.
func TestWhateverTheCalendarDoesTheOpenTermsAreThoseOfTheNewest(t *testing.T) {
	k := shipped(t)
	rapid.Check(t, func(r *rapid.T) {
		at := anything(r, k)
		for range rapid.IntRange(0, 6).Draw(r, "gebeurtenissen") {
			at.happens(happening(r))
		}
		var newest domain.GeldendeKalender
		for versie := range rapid.IntRange(1, 4).Draw(r, "versies") {
			var dagen []string
			for range rapid.IntRange(0, 3).Draw(r, "dagen") {
				d := term.NewDate(2026, 1, 5).AddDays(rapid.IntRange(0, 300).Draw(r, "dag"))
				if _, free := k.OvergeslagenDag(d); !free && !slices.Contains(dagen, d.String()) {
					dagen = append(dagen, d.String())
				}
			}
			if newest = (domain.GeldendeKalender{Kalender: k, Versie: versie + 2}); len(dagen) > 0 {
				newest = with(r, k, versie+2, dagen...)
			}
			events := len(at.m.Geschiedenis)
			moved := at.herreken(newest, at.today)
			require.Len(r, at.m.Geschiedenis, events+len(moved.Verschoven), "each that moved is told once")
		}
		once := at.m
		require.Empty(r, at.herreken(newest, at.today).Verschoven)
		require.Equal(r, once, at.m, "again it changes nothing")
		for _, nu := range at.m.Klokken(at.in, newest.Kalender) {
			i := slices.IndexFunc(at.m.Termijnen, func(x domain.MeldingTermijn) bool { return x.Soort == nu.Soort && x.Grond == nu.Grond })
			if !nu.Open() {
				continue
			}
			require.GreaterOrEqual(r, i, 0)
			kept := at.m.Termijnen[i]
			require.Equal(r, []term.Date{nu.Start, nu.Einddatum, nu.Aandacht}, []term.Date{kept.Start, kept.Einddatum, kept.Aandacht})
		}
	})
}
