package app

import (
	"context"
	"fmt"

	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
	"zorgmeldingen.nl/lmz-triage/service/store"
)

// Activate keeps the tree as a package and makes it the active version, for
// every copy of the service on this store. The tree must compile and have a
// whole catalogue; more is asked of it by policy.Check.
func Activate(ctx context.Context, s store.Beleid, c clock.Clock, by domain.Actor, tree policy.Tree, reason string) (domain.Activering, error) {
	return activate(ctx, s, c, by, tree, reason, 0)
}

// activate does so as version versie, or as the next where that is 0.
func activate(ctx context.Context, s store.Beleid, c clock.Clock, by domain.Actor, tree policy.Tree, reason string, versie int) (domain.Activering, error) {
	if reason == "" {
		return domain.Activering{}, domain.InvalidInput([]domain.Fault{{Field: "reason", Code: "verplicht"}})
	}
	artifact, faults, err := policy.Compile(ctx, tree)
	if err != nil {
		return domain.Activering{}, err
	}
	if len(faults) > 0 {
		return domain.Activering{}, domain.InvalidInput(faults)
	}
	now := c.Now()
	artifact.Package.VastgelegdOp = now
	if err := s.BewaarPakket(ctx, artifact.Package); err != nil {
		return domain.Activering{}, fmt.Errorf("keep policy: %w", err)
	}
	return s.Activeer(ctx, domain.Activering{
		Digest: artifact.Package.Digest, GeldigVanaf: now, Door: by.ID, Reden: reason, Versie: versie,
	})
}

// ActivateAfter is Activate for who saw that version na is active, 0 for none. Of
// processes that do so at the same moment one does; for the others what that made
// active stands, and is no error.
func ActivateAfter(ctx context.Context, s store.Beleid, c clock.Clock, by domain.Actor, tree policy.Tree, reason string, na int) error {
	_, err := activate(ctx, s, c, by, tree, reason, na+1)
	if isKey(err, "fout.beleid_al_actief") {
		return nil
	}
	return err
}
