package app

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
	"zorgmeldingen.nl/lmz-triage/service/store"
)

// ActivePolicy is the version that decides, with the activation that made it so.
type ActivePolicy struct {
	Version    *policy.Version
	Activation domain.Activering
}

// Beleid names the version in an advice.
func (p ActivePolicy) Beleid() domain.Beleidsversie {
	return domain.Beleidsversie{
		Versie: p.Activation.Versie, Digest: p.Activation.Digest, GeldigVanaf: p.Activation.GeldigVanaf,
	}
}

// Policies follows the store: which version is active is decided there, so that
// every copy of the service answers alike.
type Policies struct {
	store  store.Beleid
	limits policy.Limits
	active atomic.Pointer[ActivePolicy]
	lock   sync.Mutex // one Follow at a time

	catalogues sync.Map // digest to domain.Catalogus, of versions that decided before
}

// NewPolicies follows s. Nothing is active until Follow finds a version.
func NewPolicies(s store.Beleid, limits policy.Limits) *Policies {
	return &Policies{store: s, limits: limits}
}

// keyGeenBeleid is the refusal of a service that has no policy yet.
const keyGeenBeleid = "fout.geen_beleid"

// Active is the version that decides at this moment.
func (p *Policies) Active() (ActivePolicy, error) {
	if a := p.active.Load(); a != nil {
		return *a, nil
	}
	return ActivePolicy{}, &domain.Error{Code: domain.Unavailable, Key: keyGeenBeleid}
}

// Follow takes over the version the store says is active, when it is another
// than the present one. It reports whether anything changed. When the new one
// cannot be loaded the present one stays, and the error says why.
func (p *Policies) Follow(ctx context.Context) (bool, error) {
	p.lock.Lock()
	defer p.lock.Unlock()
	newest, err := p.store.ActieveActivering(ctx)
	if err != nil {
		return false, fmt.Errorf("read active policy: %w", err)
	}
	old := p.active.Load()
	if old != nil && old.Activation.Versie == newest.Versie {
		return false, nil
	}
	next := &ActivePolicy{Activation: newest}
	if old != nil && old.Activation.Digest == newest.Digest {
		next.Version = old.Version
		p.active.Store(next)
		return true, nil
	}
	pack, err := p.store.Pakket(ctx, newest.Digest)
	if err != nil {
		return false, fmt.Errorf("read policy %.12s: %w", newest.Digest, err)
	}
	if next.Version, err = policy.Load(ctx, pack, p.limits); err != nil {
		return false, err
	}
	p.active.Store(next)
	if old != nil {
		old.Version.Close()
	}
	return true, nil
}

// Catalogue gives the catalogue of any version that ever decided.
func (p *Policies) Catalogue(ctx context.Context, digest string) (domain.Catalogus, error) {
	if a := p.active.Load(); a != nil && a.Activation.Digest == digest {
		return a.Version.Catalogue(), nil
	}
	if c, ok := p.catalogues.Load(digest); ok {
		return c.(domain.Catalogus), nil
	}
	pack, err := p.store.Pakket(ctx, digest)
	if err != nil {
		return domain.Catalogus{}, fmt.Errorf("read policy %.12s: %w", digest, err)
	}
	p.catalogues.Store(digest, pack.Catalogus)
	return pack.Catalogus, nil
}

// Close lets the active version go.
func (p *Policies) Close() {
	if a := p.active.Swap(nil); a != nil {
		a.Version.Close()
	}
}
