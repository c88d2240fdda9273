package api

import (
	"net/http"
	"net/url"
	"runtime"
	"strings"

	"github.com/labstack/echo/v4"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// base is the path under which every call of the contract stands.
const base = "/v1"

// openDocument is the one call without login.
const openDocument = base + "/openapi.json"

// Handler answers the calls of the contract: bind, call, present. It holds no
// rule.
type Handler struct {
	app      *app.App
	texts    domain.Texts
	contract *Contract
	parallel int // questions of a series decided at the same time
}

var _ ServerInterface = (*Handler)(nil)

// New makes the handler.
func New(a *app.App, t domain.Texts, c *Contract) *Handler {
	return &Handler{app: a, texts: t, contract: c, parallel: runtime.GOMAXPROCS(0)}
}

// Register adds every route of the contract, and no other, with m around each.
func (h *Handler) Register(e *echo.Echo, m ...echo.MiddlewareFunc) {
	RegisterHandlersWithBaseURL(guarded{e, append(m, h.query)}, h, base)
}

// Open reports whether a route may be called without login.
func Open(route string) bool { return route == openDocument }

// actorKey is where the caller stands in the context of a request.
const actorKey = "lmz.actor"

// SetActor notes who calls.
func SetActor(c echo.Context, a domain.Actor) { c.Set(actorKey, a) }

// Actor is who calls; nobody on an open call.
func Actor(c echo.Context) domain.Actor {
	a, _ := c.Get(actorKey).(domain.Actor)
	return a
}

// query refuses query parameters the call does not know, and values that it does
// not take.
func (h *Handler) query(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if c.Request().URL.RawQuery == "" {
			return next(c)
		}
		values, err := url.ParseQuery(c.Request().URL.RawQuery)
		if err != nil {
			return domain.InvalidInput([]domain.Fault{{Code: "vraagparameters"}})
		}
		route := strings.TrimPrefix(c.Path(), base)
		faults := h.contract.schemas.CheckQuery(c.Request().Method, route, values)
		if len(faults) > 0 {
			return domain.InvalidInput(alleGebreken(route, values, faults))
		}
		return next(c)
	}
}

// LeesOpenapi implements ServerInterface: the contract itself, for every origin.
func (h *Handler) LeesOpenapi(c echo.Context) error {
	c.Response().Header().Set(echo.HeaderAccessControlAllowOrigin, "*")
	return c.JSONBlob(http.StatusOK, h.contract.json)
}
