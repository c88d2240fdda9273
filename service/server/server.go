package server

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
	"zorgmeldingen.nl/lmz-triage/service/server/web"
)

// The limits of one request.
const (
	requestTime = 30 * time.Second
	fileTime    = 10 * time.Minute
	headerTime  = 10 * time.Second
	idleTime    = 2 * time.Minute
	headerBytes = 32 << 10
)

// Options is what a server is made of.
type Options struct {
	App     *app.App
	Clock   clock.Clock
	Texts   domain.Texts
	Tokens  Tokens
	Metrics *Metrics
	Log     *slog.Logger
	Demo    []string // demo tokens to show on the page; empty outside a demonstration
	// Geduld is how long one request waits for the store in all, unless it asks for a
	// file; nil leaves that to the store.
	Geduld func() time.Duration
}

// Server answers HTTP.
type Server struct {
	app     *app.App
	clock   clock.Clock
	texts   domain.Texts
	tokens  Tokens
	metrics *Metrics
	log     *slog.Logger
	echo    *echo.Echo
}

// New wires the routes.
func New(o Options) (*Server, error) {
	s := &Server{
		app: o.App, clock: o.Clock, texts: o.Texts, tokens: o.Tokens, metrics: o.Metrics, log: o.Log, echo: echo.New(),
	}
	contract, err := api.LoadContract()
	if err != nil {
		return nil, err
	}
	pages, err := web.New(o.App, o.Texts, contract.Version(), o.Demo)
	if err != nil {
		return nil, fmt.Errorf("load pages: %w", err)
	}
	s.echo.Logger.SetOutput(io.Discard)
	s.echo.IPExtractor = echo.ExtractIPDirect()
	s.echo.HTTPErrorHandler = s.tell
	s.echo.Pre(s.observe, headers(contract.Version()), deadline(requestTime, fileTime, o.Geduld))
	calls := api.New(o.App, o.Texts, contract)
	calls.Register(s.echo, s.authenticate, negotiate)
	s.echo.GET(api.AgendaRoute, calls.LeesAgenda)
	pages.Register(s.echo)
	s.echo.GET("/healthz", s.health)
	s.echo.GET("/readyz", s.ready)
	s.echo.GET("/metrics", echo.WrapHandler(promhttp.HandlerFor(o.Metrics.registry, promhttp.HandlerOpts{})))
	return s, nil
}

// Handler answers every request of the service.
func (s *Server) Handler() http.Handler { return headAsGet(s.echo) }

// HTTP is a server on addr with bounds on slow and idle callers.
func (s *Server) HTTP(addr string) *http.Server { return newHTTP(addr, s.Handler(), s.log) }

func newHTTP(addr string, h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Addr: addr, Handler: h, ReadHeaderTimeout: headerTime, ReadTimeout: requestTime,
		WriteTimeout: 2 * requestTime, IdleTimeout: idleTime, MaxHeaderBytes: headerBytes,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}

// Routes lists method and path of every route, for the test that holds them
// against the contract.
func (s *Server) Routes() []*echo.Route { return s.echo.Routes() }
