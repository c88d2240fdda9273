package server

import (
	"context"
	"log/slog"
	"mime"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

// requestID is where a request's own number stands in its context.
const requestID = "lmz.request"

// observe gives a request its number, catches what panics, tells the failure,
// counts, and logs one line without anything the caller sent.
func (s *Server) observe(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		began := s.clock.Now()
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		c.Set(requestID, id.String())
		if err := guarded(next, c); err != nil {
			s.tell(err, c)
		}
		for _, part := range api.Misluktes(c) {
			s.logFailure(c.Request().Context(), asError(part.Err), part.ID)
		}
		took := s.clock.Now().Sub(began)
		route := c.Path()
		if route == "" {
			route = "onbekend"
		}
		s.metrics.request(route, known(c.Request().Method), c.Response().Status, took)
		s.log.LogAttrs(c.Request().Context(), slog.LevelInfo, "request",
			slog.String("id", id.String()), slog.String("route", route), slog.String("method", known(c.Request().Method)),
			slog.Int("status", c.Response().Status), slog.Duration("took", took), slog.String("actor", api.Actor(c).ID))
		return nil
	}
}

// known is a method of HTTP, or one word for all that a caller may make up.
func known(method string) string {
	switch method {
	case http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "ANDERS"
}

// guarded makes a panic in a handler an error.
func guarded(next echo.HandlerFunc, c echo.Context) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &panicError{value: r, stack: debug.Stack()}
		}
	}()
	return next(c)
}

// headers sets what every answer carries: the version of the API and the
// security headers of the NLGov REST API Design Rules.
func headers(version string) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			h := c.Response().Header()
			h.Set("API-Version", version)
			h.Set("Cache-Control", "no-store")
			h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
			h.Set("Referrer-Policy", "no-referrer")
			h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
			h.Set("X-Content-Type-Options", "nosniff")
			h.Set("X-Frame-Options", "DENY")
			return next(c)
		}
	}
}

// authenticate finds the caller of every /v1 call but the open ones.
func (s *Server) authenticate(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if api.Open(c.Path()) {
			return next(c)
		}
		actor, ok := s.tokens.actor(c.Request().Header.Get(echo.HeaderAuthorization))
		if !ok {
			c.Response().Header().Set(echo.HeaderWWWAuthenticate, `Bearer realm="lmz-triage"`)
			return &domain.Error{Code: domain.Unauthenticated, Key: "fout.niet_aangemeld"}
		}
		api.SetActor(c, actor)
		return next(c)
	}
}

// negotiate refuses a request whose Accept leaves no room for JSON, nor for a file
// where there is one.
func negotiate(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if !acceptsJSON(c.Request().Header.Values(echo.HeaderAccept)) && !api.AsksFile(c.Request()) {
			return &domain.Error{Code: domain.NotAcceptable, Key: "fout.antwoordvorm_niet_mogelijk"}
		}
		return next(c)
	}
}

// acceptsJSON reads Accept as RFC 9110 section 12.5.1 has it: no header accepts
// everything, the most specific range that fits decides, and q=0 refuses.
func acceptsJSON(values []string) bool {
	if len(values) == 0 {
		return true
	}
	ranges := []string{"*/*", "application/*", "application/json"}
	best, accepted := -1, false
	for _, part := range strings.Split(strings.Join(values, ","), ",") {
		media, params, err := mime.ParseMediaType(strings.TrimSpace(part))
		fits := slices.Index(ranges, media)
		if err != nil || fits < best || fits < 0 {
			continue
		}
		best, accepted = fits, params["q"] == "" || strings.Trim(params["q"], "0.") != ""
	}
	return accepted
}

// deadline bounds the work on one request, and that on one for a file. All but the
// latter also have a bound on how long they wait for the store, who asks is to
// hear soon that it is away.
func deadline(limit, file time.Duration, geduld func() time.Duration) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			most, asksFile := limit, api.AsksFile(c.Request())
			if asksFile {
				most = file
			}
			ctx, cancel := context.WithTimeout(c.Request().Context(), most)
			defer cancel()
			if geduld != nil && !asksFile {
				ctx = app.MetGeduld(ctx, geduld())
			}
			c.SetRequest(c.Request().WithContext(ctx))
			return next(c)
		}
	}
}

// headAsGet answers HEAD as GET (RFC 9110 section 9.3.2); net/http leaves the
// body out.
func headAsGet(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodHead {
			next.ServeHTTP(w, r)
			return
		}
		get := r.Clone(r.Context())
		get.Method = http.MethodGet
		next.ServeHTTP(w, get)
	})
}
