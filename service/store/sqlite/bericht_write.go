package sqlite

import (
	"context"
	"fmt"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// berichtRow are the columns of a message.
func berichtRow(b domain.Bericht) ([]any, error) {
	doc, err := vorm.EncodeBericht(b)
	if err != nil {
		return nil, err
	}
	s := vorm.NewBerichtStand(b)
	return []any{
		b.ID, string(b.Soort), b.Gebruiker, b.Gebruiker == "", b.Op.UnixMilli(), doc,
		s.Gelezen, string(s.Stand), s.Pogingen, s.Volgende, s.Verzonden,
	}, nil
}

// alarmRow are the columns of an alarm behind melding.
func alarmRow(a domain.AlarmRegel) []any {
	return []any{
		a.Nr, string(a.Advies), a.Sinds.UnixMilli(), a.Rondes, vorm.Milli(a.Laatste), vorm.Milli(a.AangenomenOp), a.Door, a.Verzoek, vorm.Milli(a.VervallenOp),
	}
}

// bericht keeps messages, but those that are there.
func (l *link) bericht(rows [][]any) error {
	for _, row := range rows {
		if _, err := l.berichtBij.ExecContext(context.Background(), row...); err != nil {
			return fmt.Errorf("write message: %w", err)
		}
	}
	return nil
}

// zetAlarmen puts the alarms of a melding that was written just before in the place
// of those it had; of one that is new there are none.
func (l *link) zetAlarmen(w *meldingWrite, vervangt bool) error {
	ctx := context.Background()
	for _, row := range w.alarmen {
		if _, err := l.alarm.ExecContext(ctx, append([]any{w.id}, row...)...); err != nil {
			return fmt.Errorf("write alarm: %w", err)
		}
	}
	if !vervangt {
		return nil
	}
	if _, err := l.alarmWeg.ExecContext(ctx, w.id, len(w.alarmen)); err != nil {
		return fmt.Errorf("take alarms away: %w", err)
	}
	return nil
}
