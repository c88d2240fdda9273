package api

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/agenda"
)

// The address of a calendar: it stands outside the contract and without login, for
// who knows the secret in it may read it.
const (
	agendaMap    = "/agenda/"
	agendaParam  = "bestand"
	agendaEinde  = ".ics"
	agendaCache  = "private, no-cache"
	AgendaRoute  = agendaMap + ":" + agendaParam
	calendarType = "text/calendar; charset=utf-8"
)

// AgendaPad is the path of the calendar behind a secret.
func AgendaPad(geheim string) string { return agendaMap + geheim + agendaEinde }

// LeesAgenda answers the calendar of a user. Nothing of the secret stands in an
// answer or a log.
func (h *Handler) LeesAgenda(c echo.Context) error {
	geheim, is := strings.CutSuffix(c.Param(agendaParam), agendaEinde)
	if !is {
		return &domain.Error{Code: domain.NotFound, Key: "fout.agenda_onbekend"}
	}
	found, err := h.app.LeesAgenda(c.Request().Context(), geheim)
	if err != nil {
		return err
	}
	text, err := agenda.Schrijf(h.texts, found)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(text)
	tag := `"` + hex.EncodeToString(sum[:16]) + `"`
	header := c.Response().Header()
	header.Set("ETag", tag)
	header.Set(echo.HeaderCacheControl, agendaCache)
	if bekend(c.Request().Header, tag) {
		return c.NoContent(http.StatusNotModified)
	}
	return c.Blob(http.StatusOK, calendarType, text)
}
