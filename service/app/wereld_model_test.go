package app_test

import (
	"context"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
)

// Whatever people do, whoever is away, whichever copy leads or hangs, and however the
// clock jumps: every reminder that is due is given once, to everybody it is for, in
// office hours only and of terms that are open only; and every round of an alarm, as
// long as nobody took it on.
func TestEverythingThatIsDueIsToldOnceToTheRightPeople(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := openWereld(t, r)
		defer w.close()
		all := w.daden(t)
		names := slices.Sorted(maps.Keys(all))
		for range 4 {
			w.ontvang()
			w.kijk()
		}
		for range rapid.IntRange(10, 60).Draw(r, "steps") {
			all[rapid.SampledFrom(names).Draw(r, "what")]()
			w.kijk()
			w.requireGezegd()
		}
	})
}

// daden is everything that may happen. Time passes, and the jobs run, more often than
// the rest.
func (w *wereld) daden(t *testing.T) map[string]func() {
	return map[string]func(){
		"receive": func() { w.ontvang() },
		"pass minutes": func() {
			w.h.Clock.Set(w.now().Add(time.Duration(rapid.IntRange(1, 50).Draw(w.T, "minutes")) * time.Minute))
		},
		"pass hours": func() {
			w.h.Clock.Set(w.now().Add(time.Duration(rapid.IntRange(1, 30).Draw(w.T, "hours")) * time.Hour))
		},
		"pass days": func() { w.h.Clock.Set(w.now().AddDate(0, 0, rapid.IntRange(1, 25).Draw(w.T, "days"))) },
		"run":       func() { w.ronddraaien(t) },
		"run again": func() { w.ronddraaien(t) },
		"run under a lead that ended": func() {
			other := 1 - w.leader
			if err := w.loop(t, other, -1); err != nil {
				require.True(w, app.LeidingVoorbij(err), "%v", err)
			}
		},
		"stop half way, and another goes on": func() {
			w.verwacht()
			if err := w.loop(t, w.leader, rapid.IntRange(0, 3).Draw(w.T, "writes")); err != nil {
				require.True(w, domain.IsCode(err, domain.Unavailable), "%v", err)
			}
			w.lead(1 - w.leader)
			require.NoError(w, w.loop(t, w.leader, -1))
		},
		"another leads": func() { w.lead(1 - w.leader) },
		"sweep": func() {
			lead := w.leads[w.leader]
			_, err := w.copies[w.leader].Veeg(context.Background(), &lead)
			require.NoError(w, err)
		},
		"something happens": func() { w.mijlpaal() },
		"the provider answers": func() {
			w.klacht(func(k *domain.AanvraagKlacht) { k.AntwoordOp = w.dag(3) })
		},
		"the answer is taken back": func() { w.klacht(func(k *domain.AanvraagKlacht) { k.AntwoordOp = nil }) },
		"the term is extended":     func() { w.klacht(func(k *domain.AanvraagKlacht) { k.VerlengdOp = w.dag(2) }) },
		"the complaint was later":  func() { w.klacht(func(k *domain.AanvraagKlacht) { k.IngediendOp = w.dag(30) }) },
		"there was no violence":    func() { w.geweld("nee") },
		"there was violence":       func() { w.geweld("ja") },
		"take on":                  func() { w.neemAan() },
		"assign":                   func() { w.wijsToe() },
		"somebody is away":         func() { w.afwezig() },
		"a turn on duty":           func() { w.dienst() },
	}
}

// geweld writes down later whether there was violence: no two alarms of a melding begin
// at one moment.
func (w *wereld) geweld(answer string) {
	w.h.Clock.Set(w.now().Add(time.Minute))
	w.wijzig(func(o *domain.Opgave) { o.Melding.Feiten.Geweld = ptr(answer) })
}

// ronddraaien runs the jobs of the copy that leads, twice: the second finds nothing.
func (w *wereld) ronddraaien(t *testing.T) {
	w.verwacht()
	require.NoError(w, w.loop(t, w.leader, -1))
	w.requireGezegd()
	require.NoError(w, w.loop(t, w.leader, -1))
}

func (w *wereld) ontvang() {
	o := told(func(o *domain.Opgave) {
		o.Aanbieder = nil
		o.Kanaal = rapid.SampledFrom([]string{"brief", "telefoon"}).Draw(w.T, "kanaal")
		o.Melding.Feiten.Geweld = ptr(rapid.SampledFrom([]string{"ja", "nee", "nee"}).Draw(w.T, "geweld"))
		if rapid.Bool().Draw(w.T, "klacht") {
			o.Melding.KlachtBijAanbieder = &domain.AanvraagKlacht{IngediendOp: w.dag(60)}
		}
	})
	out, err := w.any().Ontvang(context.Background(), actor(), o, app.Eenmalig{})
	require.NoError(w, err)
	w.ids = append(w.ids, out.Melding.ID)
	_, open := out.Melding.Alarm()
	require.Equal(w, *o.Melding.Feiten.Geweld == "ja", open)
}

func (w *wereld) mijlpaal() {
	m, is := w.melding()
	if !is {
		return
	}
	kind := rapid.SampledFrom([]string{
		"melder_teruggebeld", "in_behandeling_genomen", "rapport_gevraagd", "reactie_ontvangen", "aanvulling_gevraagd", "aanvulling_ontvangen",
		"onderzoek_geopend", "concept_verstuurd", "termijn_verlengd",
	}).Draw(w.T, "kind")
	told := domain.MijlpaalOpgave{Soort: kind, Datum: w.dag(4)}
	if kind == "termijn_verlengd" {
		told.Termijn = ptr("besluit_onderzoek")
	}
	_, err := w.any().LegMijlpaalVast(context.Background(), actor(), m.ID, app.Voorwaarde{Elke: true}, told, app.Eenmalig{})
	require.True(w, err == nil || domain.IsCode(err, domain.Invalid), "%v", err)
}

func (w *wereld) neemAan() {
	m, is := w.melding()
	if !is {
		return
	}
	_, open := m.Alarm()
	by := domain.Actor{ID: rapid.SampledFrom([]string{"u1", "t2", "vreemd"}).Draw(w.T, "by"), Rol: domain.Medewerker}
	out, err := w.any().NeemAan(context.Background(), by, m.ID, app.Voorwaarde{Elke: true}, app.Eenmalig{})
	if !open {
		return
	}
	require.NoError(w, err)
	_, open = out.Melding.Alarm()
	require.False(w, open)
}

func (w *wereld) wijsToe() {
	m, is := w.melding()
	if !is {
		return
	}
	if m.WijsToe(rapid.SampledFrom([]string{"", "u1", "u2", "t1", "weg"}).Draw(w.T, "aan"), w.now(), actor()) {
		require.NoError(w, w.h.Store.VervangMelding(context.Background(), m, store.Bij{}))
	}
}

func (w *wereld) afwezig() {
	g := w.mensen[rapid.SampledFrom([]string{"u1", "u2", "t1", "t2", "b"}).Draw(w.T, "who")]
	g.Inactief = rapid.IntRange(0, 5).Draw(w.T, "left") == 0
	g.Afwezig = nil
	if rapid.Bool().Draw(w.T, "away") {
		first := w.today().AddDays(rapid.IntRange(-3, 3).Draw(w.T, "from"))
		g.Afwezig = []domain.Afwezigheid{{
			Van: first, Tot: first.AddDays(rapid.IntRange(0, 20).Draw(w.T, "for")),
			Vervanger: rapid.SampledFrom([]string{"", "u1", "u2", "t1", "t2"}).Draw(w.T, "stand-in"),
		}}
	}
	w.zet(g)
}

func (w *wereld) dienst() {
	w.n++
	begin := w.now().Add(time.Duration(rapid.IntRange(-5, 5).Draw(w.T, "begin")) * time.Hour)
	require.NoError(w, w.h.Store.ZetDienst(context.Background(), domain.Dienst{
		ID: string(rune('a' + w.n%5)), Gebruiker: rapid.SampledFrom([]string{"u1", "u2", "t1", "weg"}).Draw(w.T, "who"),
		Van: begin, Tot: begin.Add(time.Duration(rapid.IntRange(1, 200).Draw(w.T, "hours")) * time.Hour),
		Volgorde: rapid.IntRange(1, 3).Draw(w.T, "order"),
	}))
}
