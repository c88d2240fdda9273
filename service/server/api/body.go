package api

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// The largest body in bytes: of one question, and of a series, so that a
// thousand full questions fit.
const (
	maxBody   = 1 << 20
	maxSeries = 4 << 20
)

// body reads a request body of JSON up to limit bytes.
func body(c echo.Context, limit int64) ([]byte, error) {
	media, params, err := mime.ParseMediaType(c.Request().Header.Get(echo.HeaderContentType))
	charset, named := params["charset"]
	if err != nil || media != echo.MIMEApplicationJSON || (named && !strings.EqualFold(charset, "utf-8")) {
		return nil, &domain.Error{Code: domain.UnsupportedType, Key: "fout.vorm_niet_ondersteund"}
	}
	if encoding := c.Request().Header.Get(echo.HeaderContentEncoding); encoding != "" && encoding != "identity" {
		return nil, &domain.Error{Code: domain.UnsupportedType, Key: "fout.vorm_niet_ondersteund"}
	}
	raw, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, limit))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, &domain.Error{Code: domain.TooLarge, Key: "fout.te_groot", Args: []any{limit >> 20}}
	case err != nil:
		return nil, &domain.Error{Code: domain.Invalid, Key: "fout.onleesbaar", Cause: err}
	}
	return raw, nil
}
