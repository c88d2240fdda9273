package api

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// mediaCSV is the media type of a file for a spreadsheet (RFC 4180).
const mediaCSV = "text/csv"

// AsksFile reports that a request is for a file for a spreadsheet: it is to a list
// that can be one, and its Accept prefers that to JSON.
func AsksFile(r *http.Request) bool {
	return r.URL.Path == base+"/termijnen" && prefersCSV(r.Header.Values(echo.HeaderAccept))
}

// prefersCSV reads Accept as RFC 9110 section 12.5.1 has it. CSV must be named; what
// is asked of JSON by its most specific range must be less.
func prefersCSV(accept []string) bool {
	ranges := []string{"*/*", "application/*", echo.MIMEApplicationJSON}
	best, ofJSON, ofCSV := -1, 0.0, 0.0
	for part := range strings.SplitSeq(strings.Join(accept, ","), ",") {
		media, params, err := mime.ParseMediaType(strings.TrimSpace(part))
		if err != nil {
			continue
		}
		q, err := strconv.ParseFloat(params["q"], 64)
		if err != nil {
			q = 1
		}
		if media == mediaCSV {
			ofCSV = q
		}
		for i, r := range ranges {
			if media == r && i >= best {
				best, ofJSON = i, q
			}
		}
	}
	if best < len(ranges)-1 && ofCSV > 0 { // JSON is asked for by the way
		return ofCSV >= ofJSON
	}
	return ofCSV > ofJSON
}

// termijnBestand answers all that f asks for as a file, row by row as they are
// read. A failure on the way breaks the connection off, so that nobody takes a part
// for the whole.
func (h *Handler) termijnBestand(c echo.Context, f domain.TermijnFilter) error {
	way := http.NewResponseController(c.Response())
	if until, ok := c.Request().Context().Deadline(); ok {
		if err := way.SetWriteDeadline(until); err != nil && !errors.Is(err, http.ErrNotSupported) {
			return fmt.Errorf("set deadline: %w", err)
		}
	}
	c.Response().Header().Set(echo.HeaderContentType, mediaCSV+"; charset=utf-8; header=present")
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="termijnen.csv"`)
	err := WriteTermijnen(c.Response(), h.texts, func(each func(app.TermijnRij) error) error {
		return h.app.ElkeTermijn(c.Request().Context(), Actor(c), f, each)
	})
	switch {
	case err == nil:
	case c.Response().Committed:
		_ = way.SetWriteDeadline(time.Unix(1, 0)) // then the end cannot be written either
	default: // a problem is no file
		c.Response().Header().Del(echo.HeaderContentType)
		c.Response().Header().Del(echo.HeaderContentDisposition)
	}
	return err
}

// WriteTermijnen writes every term that all hands over, as a file for a spreadsheet:
// UTF-8 with a mark, semicolons, and lines that end as on a PC. Nothing is written
// when all fails before the first.
func WriteTermijnen(to io.Writer, t domain.Texts, all func(each func(app.TermijnRij) error) error) error {
	out := bufio.NewWriterSize(to, 64<<10)
	rows := csv.NewWriter(out)
	rows.Comma, rows.UseCRLF = ';', true
	_, _ = out.WriteString("\ufeff")
	head := strings.Split(t.Sentence("lijst.kop_termijnen"), "|")
	if err := rows.Write(head); err != nil {
		return fmt.Errorf("write head: %w", err)
	}
	err := all(func(r app.TermijnRij) error { return rows.Write(cells(t, r)) })
	if err != nil {
		return err
	}
	rows.Flush()
	return errors.Join(rows.Error(), out.Flush())
}

// cells are the cells of a row. Days that are left and days that are over are two
// columns, so that no number begins with a sign.
func cells(t domain.Texts, r app.TermijnRij) []string {
	provider, left, over := domain.Aanbieder{}, "", ""
	if r.Aanbieder != nil {
		provider = *r.Aanbieder
	}
	if d := r.Dagen; d != nil && *d < 0 {
		over = strconv.Itoa(-*d)
	} else if d != nil {
		left = strconv.Itoa(*d)
	}
	owner := ""
	if r.Eigenaar != "" {
		owner = t.Sentence("lijst.eigenaar_" + string(r.Eigenaar))
	}
	row := []string{
		r.Kenmerk, r.Titel, owner, r.Start.String(), r.Einddatum.String(), t.Sentence("lijst.stand_" + string(r.Status)), left, over,
		provider.Naam, provider.Plaats, r.Sector, r.Behandelaar, r.MeldingID,
	}
	for i := range row {
		row[i] = harmless(row[i])
	}
	return row
}

// harmless is text on one line that no spreadsheet takes for a formula, in wide signs
// neither.
func harmless(text string) string {
	text = strings.NewReplacer("\r\n", " ", "\r", " ", "\n", " ").Replace(text)
	if first, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, " ")); text != "" && strings.ContainsRune("=+-@\t＝＋－＠", first) {
		return "'" + text
	}
	return text
}
