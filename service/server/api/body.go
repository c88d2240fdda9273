package api

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// The largest body in bytes: of one question, and of a series, so that a
// thousand full questions fit.
const (
	maxBody   = 1 << 20
	maxSeries = 4 << 20
)

// body reads a request body of one of the media types given up to limit bytes;
// without any it is plain JSON.
func body(c echo.Context, limit int64, types ...string) ([]byte, error) {
	if len(types) == 0 {
		types = []string{echo.MIMEApplicationJSON}
	}
	media, params, err := mime.ParseMediaType(c.Request().Header.Get(echo.HeaderContentType))
	charset, named := params["charset"]
	if err != nil || !slices.Contains(types, media) || (named && !strings.EqualFold(charset, "utf-8")) {
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

// maxKey is the longest Idempotency-Key, in characters.
const maxKey = 255

// eenmalig reads the Idempotency-Key of a request with this body. The header is
// still a draft standard (draft-ietf-httpapi-idempotency-key-header); its value
// is taken as it stands.
func eenmalig(c echo.Context, raw []byte) (app.Eenmalig, error) {
	const header = "Idempotency-Key"
	values := c.Request().Header.Values(header)
	if len(values) == 0 {
		return app.Eenmalig{}, nil
	}
	visible := func(r rune) bool { return r >= ' ' && r <= '~' }
	key := strings.TrimSpace(values[0])
	if len(values) > 1 || key == "" || len(key) > maxKey || strings.TrimFunc(key, visible) != "" {
		return app.Eenmalig{}, domain.InvalidInput([]domain.Fault{{Field: header, Code: "sleutel", Args: []any{maxKey}}})
	}
	digest := sha256.Sum256(raw)
	return app.Eenmalig{Sleutel: key, Digest: hex.EncodeToString(digest[:])}, nil
}

// once reads the body of a request that makes something, and what makes it count once.
func once[T any](c echo.Context, read func(raw []byte) (T, error)) (told T, e app.Eenmalig, err error) {
	raw, err := body(c, maxBody)
	if err != nil {
		return told, e, err
	}
	if e, err = eenmalig(c, raw); err != nil {
		return told, e, err
	}
	told, err = read(raw)
	return told, e, err
}
