package sqlite

import (
	"context"
	"fmt"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// termijnRow are the columns of a term behind melding.
func termijnRow(t domain.TermijnRegel) []any {
	return []any{
		t.Nr, vorm.AardTekst(t.TermijnAard), vorm.DateNumber(t.Start), vorm.DateNumber(t.Einddatum), vorm.DateNumber(t.Aandacht),
		vorm.DateNumber(t.VoldaanOp), string(t.Afloop), t.AanbiederID, t.Sector, t.Behandelaar,
	}
}

// zetTermijnen puts the terms of a melding that was written just before in the
// place of those it had; of one that is new there are none.
func (l *link) zetTermijnen(w *meldingWrite, vervangt bool) error {
	ctx := context.Background()
	kept := "|"
	for _, row := range w.termijnen {
		kept += fmt.Sprint(row[0], "|")
		if _, err := l.termijn.ExecContext(ctx, append([]any{w.id}, row...)...); err != nil {
			return fmt.Errorf("write term: %w", err)
		}
	}
	if !vervangt {
		return nil
	}
	if _, err := l.termijnWeg.ExecContext(ctx, w.id, kept); err != nil {
		return fmt.Errorf("take terms away: %w", err)
	}
	return nil
}
