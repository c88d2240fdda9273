package app_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// user keeps a user with an e-mail address; change may take that away.
func user(t *testing.T, h *apptest.House, id string, rol domain.Rol, changes ...func(*domain.Gebruiker)) {
	t.Helper()
	g := domain.Gebruiker{ID: id, Naam: id, EMail: id + "@example.nl", Rollen: []domain.Rol{rol}}
	for _, change := range changes {
		change(&g)
	}
	_, err := h.Store.ZetGebruiker(t.Context(), g)
	require.NoError(t, err)
}

// inbox is what a user was told, the newest first.
func inbox(t *testing.T, h *apptest.House, id string) []domain.Bericht {
	t.Helper()
	page, err := h.App.Berichten(t.Context(), domain.Actor{ID: id}, domain.BerichtVraag{Aantal: 100})
	require.NoError(t, err)
	return page.Berichten
}

// handledBy is a melding that a user handles, with a term that ends on 30 November.
func handledBy(t *testing.T, h *apptest.House, by string) domain.Melding {
	t.Helper()
	m := receive(t, h, told(complained("2026-10-17"))).Melding
	if by != "" {
		require.True(t, m.WijsToe(by, m.GewijzigdOp, actor()))
		require.NoError(t, h.Store.VervangMelding(t.Context(), m, store.Bij{}))
		m.Rev++
	}
	return m
}

// setClock makes it a moment of Amsterdam, in winter.
func setClock(t *testing.T, h *apptest.House, moment string) {
	t.Helper()
	now, err := time.Parse(time.RFC3339, moment+":00+01:00")
	require.NoError(t, err)
	h.Clock.Set(now)
}

func TestAReminderIsForTheHandlerAndLaterForTheTeamLeaderToo(t *testing.T) {
	h, meter := shipped(t)
	user(t, h, "piet", domain.Medewerker)
	user(t, h, "leider", domain.Teamleider)
	m := handledBy(t, h, "piet")
	given := []string{}
	for day := range 40 {
		h.Clock.Set(apptest.Begin().AddDate(0, 0, day))
		require.NoError(t, h.App.Herinner(t.Context(), nil))
		if all := inbox(t, h, "piet"); len(all) > len(given) {
			given = append(given, fmt.Sprint(term.DateIn(all[0].Op, time.UTC), " ", all[0].Dagen))
			assert.Equal(t, m.ID, all[0].MeldingID)
			assert.Equal(t, term.NewDate(2026, 11, 30), all[0].Einddatum)
		}
	}
	assert.Len(t, inbox(t, h, "piet"), len(given))
	assert.Equal(t, []string{"2026-11-23 -7", "2026-11-30 0", "2026-12-01 1", "2026-12-07 7"}, given)
	late := inbox(t, h, "leider")
	require.Len(t, late, 1)
	assert.Equal(t, 7, late[0].Dagen)
	assert.Equal(t, apptest.Told{Reminders: 4}, meter.Told())
	kept, err := h.App.LeesMelding(t.Context(), actor(), m.ID)
	require.NoError(t, err)
	assert.Equal(t, m.Versie, kept.Melding.Versie, "nobody gets a 412 for it")
	assert.Equal(t, dienstActor(), kept.Melding.Geschiedenis[len(kept.Melding.Geschiedenis)-1].Door)
}

func dienstActor() domain.Actor { return domain.Actor{ID: "dienst", Rol: domain.Systeem} }

func TestAWeekOfDowntimeIsOneReminderPerTermAndReceiver(t *testing.T) {
	h, _ := shipped(t)
	user(t, h, "piet", domain.Medewerker)
	user(t, h, "leider", domain.Teamleider)
	m := receive(t, h, told(complained("2026-10-17"), func(o *domain.Opgave) { o.Kanaal = "brief" })).Melding
	require.Len(t, m.Termijnen, 2, "terugbellen_lmz ends on 27 November, the answer on the thirtieth")
	require.True(t, m.WijsToe("piet", m.GewijzigdOp, actor()))
	require.NoError(t, h.Store.VervangMelding(t.Context(), m, store.Bij{}))
	setClock(t, h, "2026-12-08T09:00") // each of its terms passed all its steps but the last, or all
	for range 2 {
		require.NoError(t, h.App.Herinner(t.Context(), nil))
	}
	got := map[string]int{}
	for _, who := range []string{"piet", "leider"} {
		for _, b := range inbox(t, h, who) {
			got[fmt.Sprint(who, " ", b.Termijn, " ", b.Dagen)]++
		}
	}
	assert.Equal(t, map[string]int{
		"piet reactie_aanbieder 7": 1, "leider reactie_aanbieder 7": 1, "piet terugbellen_lmz 7": 1, "leider terugbellen_lmz 7": 1,
	}, got)
}

func TestAReminderGoesToTheStandInAndOneWithoutAddressStaysInTheProduct(t *testing.T) {
	h, _ := shipped(t)
	user(t, h, "piet", domain.Medewerker, func(g *domain.Gebruiker) {
		g.Afwezig = []domain.Afwezigheid{{Van: term.NewDate(2026, 11, 20), Tot: term.NewDate(2026, 11, 25), Vervanger: "truus"}}
	})
	user(t, h, "truus", domain.Inspecteur, func(g *domain.Gebruiker) { g.EMail = "" })
	handledBy(t, h, "piet")
	setClock(t, h, "2026-11-23T08:00")
	require.NoError(t, h.App.Herinner(t.Context(), nil))
	assert.Empty(t, inbox(t, h, "piet"))
	got := inbox(t, h, "truus")
	require.Len(t, got, 1)
	assert.Equal(t, "piet", got[0].Namens)
	assert.Equal(t, domain.Post{Stand: domain.PostGeen}, got[0].Post)
	setClock(t, h, "2026-11-30T08:00")
	require.NoError(t, h.App.Herinner(t.Context(), nil))
	got = inbox(t, h, "piet")
	require.Len(t, got, 1, "he is back")
	assert.Equal(t, domain.PostWacht, got[0].Post.Stand)
}

func TestWithNobodyToTellAReminderIsRecordedAndCounted(t *testing.T) {
	h, meter := shipped(t)
	m := handledBy(t, h, "")
	setClock(t, h, "2026-11-23T08:00")
	require.NoError(t, h.App.Herinner(t.Context(), nil))
	assert.Equal(t, apptest.Told{Reminders: 1, RemindersUnheard: 1}, meter.Told())
	history, err := h.App.Geschiedenis(t.Context(), actor(), m.ID, time.Time{})
	require.NoError(t, err)
	assert.Equal(t, domain.VoorvalHerinnering, history[len(history)-1].Soort)
}

func TestOutsideOfficeHoursNothingIsRead(t *testing.T) {
	h, _ := shipped(t)
	user(t, h, "leider", domain.Teamleider)
	handledBy(t, h, "")
	closed := h.Over(t, &unread{Store: h.Store}, apptest.NewMeter())
	for _, moment := range []string{"2026-11-23T07:59", "2026-11-23T18:00", "2026-11-28T12:00", "2026-12-25T12:00"} {
		setClock(t, h, moment)
		require.NoError(t, closed.Herinner(t.Context(), nil), moment)
		require.NoError(t, h.App.Herinner(t.Context(), nil))
		assert.Empty(t, inbox(t, h, "leider"), moment)
	}
	setClock(t, h, "2026-11-30T17:59")
	require.Error(t, closed.Herinner(t.Context(), nil))
	require.NoError(t, h.App.Herinner(t.Context(), nil))
	assert.Len(t, inbox(t, h, "leider"), 1)
}

// unread is a store of which nothing that is due can be read.
type unread struct{ store.Store }

func (*unread) TeHerinneren(context.Context, term.Date, int) ([]domain.Melding, error) {
	return nil, &domain.Error{Code: domain.Unavailable, Key: "fout.niet_beschikbaar"}
}

// closing is a store during whose first read the office closes.
type closing struct {
	store.Store
	clock *apptest.Clock
}

func (c *closing) TeHerinneren(ctx context.Context, dag term.Date, n int) ([]domain.Melding, error) {
	defer c.clock.Set(c.clock.Now().Add(time.Hour))
	return c.Store.TeHerinneren(ctx, dag, n)
}

func TestARunThatTakesUntilAfterHoursGivesTheRestOnTheNextDay(t *testing.T) {
	h, _ := shipped(t)
	user(t, h, "leider", domain.Teamleider)
	handledBy(t, h, "")
	setClock(t, h, "2026-11-23T17:30")
	late := h.Over(t, &closing{Store: h.Store, clock: h.Clock}, apptest.NewMeter())
	require.NoError(t, late.Herinner(t.Context(), nil))
	assert.Empty(t, inbox(t, h, "leider"))
	setClock(t, h, "2026-11-24T08:15")
	require.NoError(t, h.App.Herinner(t.Context(), nil))
	assert.Len(t, inbox(t, h, "leider"), 1)
}

func TestOtherSystemsAreToldWhereTheyAskForIt(t *testing.T) {
	h, _ := shipped(t)
	user(t, h, "leider", domain.Teamleider)
	m := handledBy(t, h, "")
	escalated := receive(t, h, told(violence)).Melding
	setClock(t, h, "2026-11-23T09:00")
	loud := h.Over(t, h.Store, apptest.NewMeter(), app.WithEvents())
	require.NoError(t, errors.Join(loud.Herinner(t.Context(), nil), loud.Alarmeer(t.Context(), nil)))
	for kind, of := range map[domain.BerichtSoort]string{domain.BerichtHerinnering: m.ID, domain.BerichtAlarm: escalated.ID} {
		events, err := h.Store.TeVersturen(t.Context(), kind, true, h.Clock.Now(), 9)
		require.NoError(t, err)
		require.Len(t, events, 1, kind)
		assert.Equal(t, of, events[0].MeldingID)
		users, err := h.Store.TeVersturen(t.Context(), kind, false, h.Clock.Now(), 9)
		require.NoError(t, err)
		require.Len(t, users, 1, kind)
		assert.Equal(t, "leider", users[0].Gebruiker)
	}
}

// poison is a store in which some meldingen cannot be written.
type poison struct {
	store.Store
	bad map[string]bool
}

func (p *poison) VervangMelding(ctx context.Context, m domain.Melding, bij store.Bij) error {
	if p.bad[m.ID] {
		return &domain.Error{Code: domain.Invalid, Key: "fout.te_groot", Args: []any{1}}
	}
	return p.Store.VervangMelding(ctx, m, bij)
}

func TestMeldingenThatCannotBeWrittenStandInNobodysWay(t *testing.T) {
	h, _ := shipped(t)
	user(t, h, "leider", domain.Teamleider)
	p := &poison{Store: h.Store, bad: map[string]bool{}}
	k, err := term.Load()
	require.NoError(t, err)
	day := term.NewDate(2026, 11, 23)
	for n := range 450 { // more than two pages, the first of which fails whole
		m := watched(k, n, day)
		m.Termijnen[0].Herinner = day.AddDays(n/300 - 1)
		p.bad[m.ID] = n < 300
		_, err := h.Store.BewaarMelding(t.Context(), m, store.Bij{})
		require.NoError(t, err)
	}
	setClock(t, h, "2026-11-23T09:00")
	err = h.Over(t, p, apptest.NewMeter()).Herinner(t.Context(), nil)
	require.ErrorContains(t, err, "and 290 more", "what failed is told, but not each one")
	page, err := h.Store.Berichten(t.Context(), domain.BerichtVraag{Gebruiker: "leider", Aantal: 1000})
	require.NoError(t, err)
	assert.Len(t, page.Berichten, 150)
}
