package sqlite

import (
	"context"
	"fmt"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// AlleBerichten implements store.Kopie.
func (s *Store) AlleBerichten(ctx context.Context, na string, n int) (list []domain.Bericht, err error) {
	err = s.page(ctx, listAlleBerichten, []any{na, n}, berichten(&list))
	return list, fail("list messages", err)
}

// ZetBerichten implements store.Kopie.
func (s *Store) ZetBerichten(ctx context.Context, list []domain.Bericht) error {
	rows := make([][]any, len(list))
	for i, b := range list {
		row, err := berichtRow(b)
		if err != nil {
			return fmt.Errorf("copy messages: %w", err)
		}
		rows[i] = row
	}
	forms := vorm.Each(list, vorm.NewBericht)
	return fail("copy messages", s.submit(ctx, 2+len(rows), func(l *link) error {
		for i, row := range rows {
			done, err := changed(l.berichtBij, row)
			if err != nil {
				return err
			}
			if done {
				continue
			}
			there, err := scanBericht(l.berichtMetID.QueryRowContext(context.Background(), forms[i].ID))
			if err != nil {
				return fmt.Errorf("find message: %w", err)
			}
			if vorm.NewBericht(there) != forms[i] {
				return kopieAnders()
			}
		}
		return nil
	}))
}
