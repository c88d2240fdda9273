package api

import (
	"net/http"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// Status is the one table from the kind of a failure to its HTTP status.
func Status(c domain.Code) int {
	switch c {
	case domain.Invalid:
		return http.StatusBadRequest
	case domain.Unauthenticated:
		return http.StatusUnauthorized
	case domain.Forbidden:
		return http.StatusForbidden
	case domain.NotFound:
		return http.StatusNotFound
	case domain.MethodNotAllowed:
		return http.StatusMethodNotAllowed
	case domain.NotAcceptable:
		return http.StatusNotAcceptable
	case domain.Conflict:
		return http.StatusConflict
	case domain.Stale:
		return http.StatusPreconditionFailed
	case domain.TooLarge:
		return http.StatusRequestEntityTooLarge
	case domain.UnsupportedType:
		return http.StatusUnsupportedMediaType
	case domain.PreconditionRequired:
		return http.StatusPreconditionRequired
	case domain.Unavailable:
		return http.StatusServiceUnavailable
	case domain.PolicyFailed, domain.Internal:
		return http.StatusInternalServerError
	}
	return http.StatusInternalServerError
}
