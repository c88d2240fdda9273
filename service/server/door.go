package server

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"sync/atomic"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

// Door stands in front of a service that starts: until it is opened it says that
// the process lives, and why nothing else can be asked yet.
type Door struct {
	texts  domain.Texts
	log    *slog.Logger
	reason atomic.Pointer[domain.Error]
	behind atomic.Pointer[http.Handler]
}

// NewDoor gives a door that is closed.
func NewDoor(texts domain.Texts, log *slog.Logger) *Door {
	d := &Door{texts: texts, log: log}
	d.Waits(&domain.Error{Code: domain.Unavailable, Key: "fout.niet_beschikbaar"})
	return d
}

// Waits tells what the service waits for.
func (d *Door) Waits(err error) { d.reason.Store(asError(err)) }

// Open has s answer from here on.
func (d *Door) Open(s *Server) {
	h := s.Handler()
	d.behind.Store(&h)
}

// HTTP is a server on addr with bounds on slow and idle callers.
func (d *Door) HTTP(addr string) *http.Server { return newHTTP(addr, d, d.log) }

// ServeHTTP implements http.Handler.
func (d *Door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if h := d.behind.Load(); h != nil {
		(*h).ServeHTTP(w, r)
		return
	}
	e := d.reason.Load()
	switch r.URL.Path {
	case "/healthz":
		d.answer(w, http.StatusOK, echo.MIMEApplicationJSON, map[string]string{"status": "ok"})
	case "/readyz":
		d.answer(w, http.StatusServiceUnavailable, echo.MIMEApplicationJSON, readiness{Reden: d.texts.Sentence(e.Key, e.Args...)})
	default:
		w.Header().Set(echo.HeaderRetryAfter, "2")
		away := &domain.Error{Code: domain.Unavailable, Key: "fout.opslag_niet_beschikbaar"}
		d.answer(w, http.StatusServiceUnavailable, "application/problem+json",
			api.NewProblem(d.texts, away, http.StatusServiceUnavailable, uuid.NewString()))
	}
}

func (d *Door) answer(w http.ResponseWriter, status int, media string, body any) {
	text, err := json.Marshal(body)
	if err != nil {
		text = []byte("{}")
	}
	w.Header().Set(echo.HeaderContentType, media)
	w.Header().Set(echo.HeaderXContentTypeOptions, "nosniff")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	if _, err := w.Write(text); err != nil {
		d.log.Warn("write answer", "error", err.Error())
	}
}
