package api

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"
)

// guarded adds routes with middleware around each. An Echo group would add a
// route for every path, and so hide that a path or a method does not exist. It
// embeds nothing: a method that it does not have cannot add a route unguarded.
type guarded struct {
	echo   *echo.Echo
	around []echo.MiddlewareFunc
}

var _ EchoRouter = guarded{}

func (g guarded) add(method, path string, h echo.HandlerFunc, m []echo.MiddlewareFunc) *echo.Route {
	return g.echo.Add(method, path, h, slices.Concat(g.around, m)...)
}

// CONNECT implements EchoRouter.
func (g guarded) CONNECT(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route {
	return g.add(http.MethodConnect, path, h, m)
}

// DELETE implements EchoRouter.
func (g guarded) DELETE(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route {
	return g.add(http.MethodDelete, path, h, m)
}

// GET implements EchoRouter.
func (g guarded) GET(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route {
	return g.add(http.MethodGet, path, h, m)
}

// HEAD implements EchoRouter.
func (g guarded) HEAD(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route {
	return g.add(http.MethodHead, path, h, m)
}

// OPTIONS implements EchoRouter.
func (g guarded) OPTIONS(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route {
	return g.add(http.MethodOptions, path, h, m)
}

// PATCH implements EchoRouter.
func (g guarded) PATCH(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route {
	return g.add(http.MethodPatch, path, h, m)
}

// POST implements EchoRouter.
func (g guarded) POST(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route {
	return g.add(http.MethodPost, path, h, m)
}

// PUT implements EchoRouter.
func (g guarded) PUT(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route {
	return g.add(http.MethodPut, path, h, m)
}

// TRACE implements EchoRouter.
func (g guarded) TRACE(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route {
	return g.add(http.MethodTrace, path, h, m)
}
