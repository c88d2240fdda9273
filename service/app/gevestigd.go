package app

import (
	"sync"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// gevestigd remembers which provider was named how. A name in the store never
// moves to another provider, so what was found once holds. It forgets everything
// when it is full.
type gevestigd struct {
	lock  sync.Mutex
	known map[domain.AanbiederOpgave]string
}

// mostGevestigd is how many names are remembered: a few hundred bytes each.
const mostGevestigd = 20_000

func (g *gevestigd) find(p domain.AanbiederOpgave) (id string, ok bool) {
	g.lock.Lock()
	defer g.lock.Unlock()
	id, ok = g.known[p]
	return id, ok
}

func (g *gevestigd) keep(p domain.AanbiederOpgave, id string) {
	g.lock.Lock()
	defer g.lock.Unlock()
	if g.known == nil || len(g.known) >= mostGevestigd {
		g.known = map[domain.AanbiederOpgave]string{}
	}
	g.known[p] = id
}
