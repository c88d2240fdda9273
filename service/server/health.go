package server

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// readiness is the answer of /readyz.
type readiness struct {
	Gereed             bool   `json:"gereed"`
	Reden              string `json:"reden,omitempty"`
	Beleidsversie      int    `json:"beleidsversie,omitempty"`
	BeleidDigest       string `json:"beleidDigest,omitempty"`
	InstantiesVerloren int64  `json:"instantiesVerloren"`
	Leidt              bool   `json:"leidt"`               // whether this process runs the jobs
	Wachtend           *int64 `json:"wachtend,omitempty"`  // only where entries can wait for the store
	Geweigerd          int64  `json:"geweigerd,omitempty"` // of them, those that the store does not take
}

// health tells that the process answers, nothing else.
func (s *Server) health(c echo.Context) error {
	return c.JSON(http.StatusOK, map[string]string{"status": "ok"})
}

// readyTime is how long the store gets to show that it is there.
const readyTime = 1500 * time.Millisecond

// ready tells whether a decision could be given at this moment, what is wrong, how
// many instances of the active policy were given up, and how many entries of
// the decision log wait for the store. Where they can wait, a store that is away
// stops no decision, so the service stays ready for its callers.
func (s *Server) ready(c echo.Context) error {
	out := readiness{Leidt: s.metrics.leading.Load()}
	if active, err := s.app.Policies().Active(); err == nil {
		out.Beleidsversie, out.BeleidDigest = active.Activation.Versie, active.Activation.Digest
		out.InstantiesVerloren = active.Version.Lost()
	}
	stand, spooled := s.app.Wachtstand()
	if spooled {
		out.Wachtend, out.Geweigerd = &stand.Wachtend, stand.Geweigerd
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), readyTime)
	defer cancel()
	if err := s.app.Ready(ctx); err != nil {
		e := innermost(asError(err))
		out.Reden = s.texts.Sentence(e.Key, e.Args...)
		if !spooled || stand.Vol || out.Beleidsversie == 0 {
			return c.JSON(http.StatusServiceUnavailable, out)
		}
	}
	out.Gereed = true
	return c.JSON(http.StatusOK, out)
}

// innermost is what lies behind e, where that can be told: what the store says of
// itself tells more than that it is away.
func innermost(e *domain.Error) *domain.Error {
	var inner *domain.Error
	for errors.As(e.Cause, &inner) {
		e = inner
	}
	return e
}
