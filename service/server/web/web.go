// Package web holds the pages: HTML from the server, one typed struct per page,
// usable without JavaScript.
package web

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"

	"github.com/labstack/echo/v4"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/domain"
)

//go:embed pages assets
var files embed.FS

// Pages answers browsers.
type Pages struct {
	app     *app.App
	texts   domain.Texts
	version string
	demo    []string
	index   *template.Template
	assets  fs.FS
}

// New reads the templates; one that is not well formed is an error. demo are the
// tokens the page may show.
func New(a *app.App, t domain.Texts, version string, demo []string) (*Pages, error) {
	index, err := template.ParseFS(files, "pages/index.html")
	if err != nil {
		return nil, fmt.Errorf("read pages: %w", err)
	}
	assets, err := fs.Sub(files, "assets")
	if err != nil {
		return nil, fmt.Errorf("read assets: %w", err)
	}
	return &Pages{app: a, texts: t, version: version, demo: demo, index: index, assets: assets}, nil
}

// Register adds the routes of the pages.
func (p *Pages) Register(e *echo.Echo) {
	e.GET("/", p.home)
	e.GET("/stijl.css", func(c echo.Context) error {
		style, err := fs.ReadFile(p.assets, "stijl.css")
		if err != nil {
			return err
		}
		return c.Blob(http.StatusOK, "text/css; charset=utf-8", style)
	})
}

// home is the data of the first page.
type home struct {
	Gereed      bool
	Reden       string
	Versie      int
	Digest      string
	Sinds       string
	API         string
	EersteJaar  int
	LaatsteJaar int
	JarenOp     string // that the known years come to an end; empty when that is far away
	Tokens      []string
	Token       string
	Basis       string
	Criteria    []domain.CriteriumTekst
	Afgebroken  int64 // evaluations that did not end well
	Cijfers     *cijfers
}

func (p *Pages) home(c echo.Context) error {
	page := p.stand(c.Request().Context())
	page.Basis = c.Scheme() + "://" + c.Request().Host
	var out bytes.Buffer
	if err := p.index.Execute(&out, page); err != nil {
		return fmt.Errorf("fill page: %w", err)
	}
	return c.HTMLBlob(http.StatusOK, out.Bytes())
}

func (p *Pages) stand(ctx context.Context) home {
	s := p.app.Stand(ctx)
	page := home{
		Gereed: s.Err == nil, API: p.version, Tokens: p.demo, Token: "UW-TOKEN",
		EersteJaar: s.EersteJaar, LaatsteJaar: s.LaatsteJaar,
	}
	if w := s.JarenOp; w != nil {
		page.JarenOp = p.texts.Sentence(w.Key, w.Args...)
	}
	if len(p.demo) > 0 {
		page.Token = p.demo[0]
	}
	if s.Err == nil || s.Beleid == nil { // else the store is away, and is not waited for twice
		var err error
		if page.Cijfers, err = p.tel(ctx); s.Err == nil && err != nil {
			page.Gereed, s.Err = false, err
		}
	}
	if s.Err != nil {
		e := domain.AsError(s.Err)
		page.Reden = p.texts.Sentence(e.Key, e.Args...)
	}
	if s.Beleid != nil {
		page.Versie, page.Digest = s.Beleid.Activation.Versie, s.Beleid.Activation.Digest[:12]
		page.Sinds = domain.LongMoment(s.Beleid.Activation.GeldigVanaf.In(s.Zone))
		page.Criteria = s.Beleid.Version.Catalogue().Criteria
		page.Afgebroken = s.Beleid.Version.Lost()
	}
	return page
}
