package app_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// wereld is an office with two copies of the service on one store, and a plain count
// of what it should have told whom. The count looks at the terms and the alarms as
// they stand, and at nothing that the service remembers of what it told.
type wereld struct {
	*rapid.T
	h      *apptest.House
	k      *term.Kalender
	zone   *time.Location
	copies [2]*app.App
	leads  [2]app.Leiding // as each believes
	leader int
	mensen map[string]domain.Gebruiker
	n      int // of turns on duty

	done map[string]term.Date // of each open term, the day up to which reminders lie behind it
	was  map[string]bool      // the terms that are there, and whether they are open
	// quarters are those of an alarm in which a round was given.
	quarters map[string]map[int]bool
	want     map[string]int // messages, by what they say and to whom
	ids      []string       // of meldingen
}

func openWereld(t *testing.T, r *rapid.T) *wereld {
	zone, err := clock.Amsterdam()
	require.NoError(r, err)
	k, err := term.Load()
	require.NoError(r, err)
	w := &wereld{
		T: r, h: apptest.Open(t, apptest.NewMeter(), apptest.Small(t, "")), k: k, zone: zone, mensen: map[string]domain.Gebruiker{},
		done: map[string]term.Date{}, was: map[string]bool{}, quarters: map[string]map[int]bool{}, want: map[string]int{},
	}
	for i := range w.copies {
		w.copies[i] = w.h.Over(t, w.h.Store, apptest.NewMeter(), app.WithEvents())
	}
	for _, g := range []domain.Gebruiker{
		{ID: "u1", Team: "noord", Rollen: []domain.Rol{domain.Medewerker}, EMail: "u1@example.nl"},
		{ID: "u2", Team: "zuid", Rollen: []domain.Rol{domain.Inspecteur}},
		{ID: "t1", Team: "noord", Rollen: []domain.Rol{domain.Teamleider}, EMail: "t1@example.nl"},
		{ID: "t2", Team: "zuid", Rollen: []domain.Rol{domain.Teamleider}, EMail: "t2@example.nl"},
		{ID: "b", Rollen: []domain.Rol{domain.Beheer}, EMail: "b@example.nl"},
	} {
		w.zet(g)
	}
	begin := rapid.SampledFrom([]string{"2026-03-20T08:50:00Z", "2026-10-16T07:10:00Z", "2026-12-22T15:30:00Z"}).Draw(r, "begin")
	at, err := time.Parse(time.RFC3339, begin)
	require.NoError(r, err)
	w.h.Clock.Set(at)
	w.lead(0)
	return w
}

func (w *wereld) close() {
	w.h.Policies.Close()
	require.NoError(w, w.h.Store.Close())
}

func (w *wereld) zet(g domain.Gebruiker) {
	kept, err := w.h.Store.ZetGebruiker(context.Background(), g)
	require.NoError(w, err)
	w.mensen[g.ID] = kept
}

func (w *wereld) now() time.Time { return w.h.Clock.Now() }

func (w *wereld) today() term.Date { return term.DateIn(w.now(), w.zone) }

// lead gives the lead to a copy.
func (w *wereld) lead(to int) {
	require.NoError(w, w.h.App.LaatLeiding(context.Background(), w.leads[w.leader]))
	held, err := w.h.App.NeemLeiding(context.Background(), fmt.Sprint("kopie ", to), time.Hour)
	require.NoError(w, err)
	w.leads[to], w.leader = held, to
}

// any is one of the copies: people reach either.
func (w *wereld) any() *app.App { return w.copies[rapid.IntRange(0, 1).Draw(w.T, "copy")] }

// melding is one of the meldingen, false when there is none.
func (w *wereld) melding() (domain.Melding, bool) {
	if len(w.ids) == 0 {
		return domain.Melding{}, false
	}
	return w.lees(rapid.SampledFrom(w.ids).Draw(w.T, "melding")), true
}

func (w *wereld) lees(id string) domain.Melding {
	m, err := w.h.Store.Melding(context.Background(), id)
	require.NoError(w, err)
	return m
}

// kijk looks at all terms after something happened: what started, or runs again,
// begins with the reminders of today.
func (w *wereld) kijk() {
	there := map[string]bool{}
	for _, id := range w.ids {
		m := w.lees(id)
		for _, t := range m.Termijnen {
			key := m.ID + " " + string(t.Soort) + " " + t.Grond
			there[key] = t.Open()
			before, known := w.was[key]
			if !known {
				w.done[key] = term.Date{}
			}
			if t.Open() && !before {
				w.done[key] = latestOf(w.done[key], t.Start, w.today().AddDays(-1))
			}
		}
	}
	w.was = there
}

func latestOf(days ...term.Date) term.Date {
	return slices.MaxFunc(days, func(a, b term.Date) int { return a.Compare(b) })
}

// verwacht counts what a run of the jobs at this moment must tell.
func (w *wereld) verwacht() {
	var people []domain.Gebruiker
	for _, g := range w.mensen {
		people = append(people, g)
	}
	turns, err := w.h.Store.Diensten(context.Background(), w.now(), w.now().Add(time.Millisecond))
	require.NoError(w, err)
	office := domain.NieuwKantoor(people, turns)
	local := w.now().In(w.zone)
	working := w.k.Werkdag(w.today()) && local.Hour() >= 8 && local.Hour() < 18
	for _, id := range w.ids {
		m := w.lees(id)
		if working {
			w.herinneringen(m, office)
		}
		w.ronde(m, office)
	}
}

func (w *wereld) herinneringen(m domain.Melding, office domain.Kantoor) {
	for _, t := range m.Termijnen {
		key := m.ID + " " + string(t.Soort) + " " + t.Grond
		days, to := -1000, []term.Ontvanger{}
		for _, h := range w.k.Herinneringen(t.Soort, t.Einddatum) {
			if t.Open() && h.Dag.After(w.done[key]) && !h.Dag.After(w.today()) {
				days, to = max(days, h.Dagen), append(to, h.Aan...)
			}
		}
		if len(to) == 0 {
			continue
		}
		w.done[key] = w.today()
		slices.Sort(to)
		say := fmt.Sprintf("%s %s %s %d op %s", key, t.Partij, t.Einddatum, days, w.now().UTC().Format(time.RFC3339))
		w.zeg(say, office.Herinnerd(m.Behandelaar, slices.Compact(to), w.today()))
	}
}

func (w *wereld) ronde(m domain.Melding, office domain.Kantoor) {
	for _, a := range m.Alarmen {
		if !a.AangenomenOp.IsZero() || !a.VervallenOp.IsZero() {
			continue
		}
		key, since := fmt.Sprint(m.ID, " ", a.Sinds), w.now().Sub(a.Sinds)
		if w.quarters[key] == nil {
			w.quarters[key] = map[int]bool{}
		}
		quarter := int(since / (15 * time.Minute))
		if w.quarters[key][quarter] {
			continue
		}
		w.quarters[key][quarter] = true
		say := fmt.Sprintf("%s alarm %s ronde %d op %s", m.ID, a.Advies, len(w.quarters[key]), w.now().UTC().Format(time.RFC3339))
		w.zeg(say, domain.Bereikbaar(office.Alarmlijn(w.now(), w.today()), 1+int(since/(30*time.Minute))))
	}
}

// zeg counts a message to each of these, and the event.
func (w *wereld) zeg(what string, to []domain.Geadresseerde) {
	w.want[what+" aan "]++
	for _, g := range to {
		w.want[what+" aan "+g.Gebruiker.ID+"/"+g.Namens+"/"+g.Gebruiker.EMail]++
	}
}

// requireGezegd requires that what was told is what was counted, each once.
func (w *wereld) requireGezegd() {
	got := map[string]int{}
	for id := range w.mensen {
		page, err := w.h.Store.Berichten(context.Background(), domain.BerichtVraag{Gebruiker: id, Aantal: 100_000})
		require.NoError(w, err)
		for _, b := range page.Berichten {
			mail := ""
			if b.Post.Stand == domain.PostWacht {
				mail = id + "@example.nl"
			}
			got[gezegd(b)+" aan "+id+"/"+b.Namens+"/"+mail]++
		}
	}
	for _, soort := range domain.BerichtSoorten() {
		events, err := w.h.Store.TeVersturen(context.Background(), soort, true, w.now(), 100_000)
		require.NoError(w, err)
		for _, b := range events {
			got[gezegd(b)+" aan "]++
		}
	}
	require.Equal(w, w.want, got)
}

func gezegd(b domain.Bericht) string {
	at := b.Op.Format(time.RFC3339)
	if b.Soort == domain.BerichtAlarm {
		return fmt.Sprintf("%s alarm %s ronde %d op %s", b.MeldingID, b.Advies, b.Ronde, at)
	}
	return fmt.Sprintf("%s %s %s %s %s %d op %s", b.MeldingID, b.Termijn, b.Grond, b.Partij, b.Einddatum, b.Dagen, at)
}

// loop runs the jobs of a copy under the lead that it believes to have, over a store
// that stops after some writes.
func (w *wereld) loop(t *testing.T, who, writes int) error {
	a := w.h.Over(t, &stopping{Store: w.h.Store, left: writes}, apptest.NewMeter(), app.WithEvents())
	lead := w.leads[who]
	return cmp.Or(a.Herinner(context.Background(), &lead), a.Alarmeer(context.Background(), &lead))
}

// wijzig changes a melding as a person would; what does not fit it is refused.
func (w *wereld) wijzig(change func(o *domain.Opgave)) {
	m, is := w.melding()
	if !is {
		return
	}
	_, err := w.any().WijzigMelding(context.Background(), actor(), m.ID, app.Voorwaarde{Elke: true}, func(o domain.Opgave) (domain.Opgave, error) {
		change(&o)
		return o, nil
	})
	require.True(w, err == nil || domain.IsCode(err, domain.Invalid), "%v", err)
}

// klacht changes the complaint of a melding.
func (w *wereld) klacht(change func(k *domain.AanvraagKlacht)) {
	m, is := w.melding()
	if !is || m.Opgave.Melding.KlachtBijAanbieder == nil {
		return
	}
	k := *m.Opgave.Melding.KlachtBijAanbieder
	change(&k)
	_, err := w.any().ZetKlacht(context.Background(), actor(), m.ID, app.Voorwaarde{Elke: true}, k, nil, nil)
	require.True(w, err == nil || domain.IsCode(err, domain.Invalid), "%v", err)
}

// dag is a day up to days ago.
func (w *wereld) dag(days int) *string {
	return ptr(w.today().AddDays(-rapid.IntRange(0, days).Draw(w.T, "days ago")).String())
}
