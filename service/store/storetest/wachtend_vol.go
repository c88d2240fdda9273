package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// wachtendDag is the day on which the reminders of KeepWachtend are due.
func wachtendDag() term.Date { return term.NewDate(2026, time.December, 1) }

// KeepWachtend keeps meldingen with reminders and alarms that are due, or are not any
// more, for an adapter that brings an earlier form to the newest.
func KeepWachtend(t *testing.T, s store.Store) []domain.Melding {
	t.Helper()
	begin := Melding(1).OntvangenOp
	taken, lapsed, met := alarmed(3, begin, 2), alarmed(4, begin, 0), waiting(6, wachtendDag())
	taken.Alarmen[0].AangenomenOp, taken.Alarmen[0].Door, taken.Alarmen[0].Verzoek = begin.Add(time.Minute), "u1", "sleutel"
	taken.Alarmen = append(taken.Alarmen, domain.Alarm{Advies: domain.Escaleren, Sinds: begin.Add(time.Hour)})
	lapsed.Alarmen[0].VervallenOp = begin.Add(time.Minute)
	met.Termijnen[0].VoldaanOp = wachtendDag()
	all := []domain.Melding{without(Melding(0)), alarmed(1, begin, 0), alarmed(2, begin, 3), taken, lapsed, waiting(5, wachtendDag()), met}
	keepMelding(t, s, all...)
	return all
}

// RequireWachtend requires that what is due of all is found, and their alarms.
func RequireWachtend(t *testing.T, s store.Store, all []domain.Melding) {
	t.Helper()
	for _, open := range []bool{false, true} {
		requireAlarmen(t, s, all, domain.AlarmVraag{Open: open}, 3)
	}
	reminded, err := s.TeHerinneren(t.Context(), wachtendDag().AddDays(2), 99)
	require.NoError(t, err)
	require.Equal(t, all[5:6], reminded)
	reminded, err = s.TeHerinneren(t.Context(), wachtendDag().AddDays(3), 99)
	require.NoError(t, err)
	require.Equal(t, all[5:7], reminded)
	at := Melding(1).OntvangenOp
	for until, want := range map[time.Duration][]domain.Melding{
		-time.Second: nil, 0: {all[1]}, 45 * time.Minute: {all[1], all[2]}, time.Hour: {all[1], all[2], all[3]},
	} {
		got, err := s.TeAlarmeren(t.Context(), at.Add(until), 99)
		require.NoError(t, err)
		require.Len(t, got, len(want), until)
		for i := range want {
			require.Equal(t, want[i].ID, got[i].ID)
		}
	}
}
