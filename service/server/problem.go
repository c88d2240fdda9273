package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

// panicError is a panic in a handler, for the log.
type panicError struct {
	value any
	stack []byte
}

// Error gives the value and the stack.
func (p *panicError) Error() string { return fmt.Sprintf("panic: %v\n%s", p.value, p.stack) }

// tell answers a failure as problem+json and logs what lies behind it once.
func (s *Server) tell(err error, c echo.Context) {
	e := asError(err)
	id, _ := c.Get(requestID).(string)
	s.logFailure(c.Request().Context(), e, id)
	if c.Response().Committed {
		return
	}
	if e.Code == domain.Unavailable {
		c.Response().Header().Set(echo.HeaderRetryAfter, "2")
	}
	body, err := json.Marshal(api.NewProblem(s.texts, e, api.Status(e.Code), id))
	if err != nil {
		body = []byte(`{}`)
	}
	if err := c.Blob(api.Status(e.Code), "application/problem+json", body); err != nil {
		s.log.Warn("write problem", "id", id, "error", err.Error())
	}
}

// asError makes of any error the one kind that is told.
func asError(err error) *domain.Error {
	var he *echo.HTTPError
	if errors.As(err, &he) {
		code := codeOf(he.Code)
		return &domain.Error{Code: code, Key: "fout." + string(code), Cause: err}
	}
	ended := errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
	if ended && !domain.IsCode(err, domain.Unavailable) { // else that says more
		return &domain.Error{Code: domain.Unavailable, Key: "fout.niet_beschikbaar", Cause: err}
	}
	return domain.AsError(err)
}

// logFailure logs a failure of ours; a fault of the caller is in the request line.
func (s *Server) logFailure(ctx context.Context, e *domain.Error, id string) {
	var f *policy.EvaluationError
	switch {
	case errors.As(e, &f):
		s.log.ErrorContext(ctx, "policy failed", "id", id, "reason", string(f.Reason), "detail", f.Detail)
	case api.Status(e.Code) >= 500:
		s.log.ErrorContext(ctx, "request failed", "id", id, "error", e.Error())
	}
}

// codeOf is the kind of failure behind a status that the router itself gives.
func codeOf(httpStatus int) domain.Code {
	switch httpStatus {
	case http.StatusNotFound:
		return domain.NotFound
	case http.StatusMethodNotAllowed:
		return domain.MethodNotAllowed
	case http.StatusRequestEntityTooLarge:
		return domain.TooLarge
	case http.StatusUnsupportedMediaType:
		return domain.UnsupportedType
	}
	return domain.Internal
}
