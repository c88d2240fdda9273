package server

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// readiness is the answer of /readyz.
type readiness struct {
	Gereed             bool   `json:"gereed"`
	Reden              string `json:"reden,omitempty"`
	Beleidsversie      int    `json:"beleidsversie,omitempty"`
	BeleidDigest       string `json:"beleidDigest,omitempty"`
	InstantiesVerloren int64  `json:"instantiesVerloren"`
	Leidt              bool   `json:"leidt"` // whether this process runs the jobs
}

// health tells that the process answers, nothing else.
func (s *Server) health(c echo.Context) error {
	return c.JSON(http.StatusOK, map[string]string{"status": "ok"})
}

// ready tells whether a decision could be given at this moment, and how many
// instances of the active policy were given up.
func (s *Server) ready(c echo.Context) error {
	out := readiness{Leidt: s.metrics.leading.Load()}
	if active, err := s.app.Policies().Active(); err == nil {
		out.Beleidsversie, out.BeleidDigest = active.Activation.Versie, active.Activation.Digest
		out.InstantiesVerloren = active.Version.Lost()
	}
	if err := s.app.Ready(c.Request().Context()); err != nil {
		e := asError(err)
		out.Reden = s.texts.Sentence(e.Key, e.Args...)
		return c.JSON(http.StatusServiceUnavailable, out)
	}
	out.Gereed = true
	return c.JSON(http.StatusOK, out)
}
