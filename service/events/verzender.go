package events

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// The bounds on what a receiver answers: it is read for nothing but the connection
// that is used again.
const (
	meesteAntwoord = 64 << 10
	meesteKop      = 64 << 10
	langsteWacht   = 24 * time.Hour
)

// Verzender tells one other system. It may be used from many goroutines.
type Verzender struct {
	client   *http.Client
	adres    string
	token    string
	bron     string
	limiet   time.Duration
	geheimen [][]byte
	nu       func() time.Time
}

// New makes one.
func New(i Instellingen) (*Verzender, error) {
	to, err := i.lees()
	if err != nil {
		return nil, err
	}
	secrets, err := leesGeheimen(i.Geheim)
	if err != nil {
		return nil, err
	}
	if i.Limiet == 0 {
		i.Limiet = limiet
	}
	return &Verzender{
		client: &http.Client{
			Transport: &http.Transport{
				Proxy: http.ProxyFromEnvironment, TLSClientConfig: &tls.Config{RootCAs: i.Wortels, MinVersion: tls.VersionTLS12},
				ForceAttemptHTTP2: true, DisableCompression: true, MaxIdleConnsPerHost: 2, IdleConnTimeout: time.Minute, MaxResponseHeaderBytes: meesteKop,
			},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		adres: to.String(), token: i.Token, bron: "urn:nld:oin:" + i.OIN + ":systeem:" + systeem, limiet: i.Limiet,
		geheimen: secrets, nu: i.Nu,
	}, nil
}

// Verzend posts b, after begin, and does not when that fails. It is nil when the
// receiver took the event; any other outcome but a failure of begin is a
// domain.VerzendError.
func (v *Verzender) Verzend(ctx context.Context, b domain.Bericht, _ string, begin func(context.Context) error) error {
	body, err := v.body(b)
	if err != nil {
		return err
	}
	if ctx.Err() != nil {
		return &domain.VerzendError{Reden: domain.RedenAfgebroken, Cause: ctx.Err()}
	}
	if err := begin(ctx); err != nil {
		return fmt.Errorf("begin to hand over: %w", err)
	}
	bounded, cancel := context.WithTimeout(context.WithoutCancel(ctx), v.limiet) // once it is said the answer must be heard
	defer cancel()
	r, err := http.NewRequestWithContext(bounded, http.MethodPost, v.adres, bytes.NewReader(body))
	if err != nil {
		return &domain.VerzendError{Reden: domain.RedenVerbinding}
	}
	r.Header.Set("Content-Type", "application/cloudevents+json; charset=utf-8")
	r.Header.Set("Authorization", "Bearer "+v.token)
	r.Header.Set("User-Agent", systeem)
	if len(v.geheimen) > 0 {
		v.onderteken(r.Header, b.ID, body, v.nu())
	}
	answer, err := v.client.Do(r)
	if err != nil {
		return mislukt(err)
	}
	defer func() { _ = answer.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, meesteAntwoord)) // the status says it all
	return uitslag(answer)
}

// uitslag is what a status means.
func uitslag(a *http.Response) error {
	why := &domain.VerzendError{Reden: domain.RedenGeweigerd, Code: a.StatusCode}
	switch a.StatusCode {
	case http.StatusOK, http.StatusCreated, http.StatusAccepted, http.StatusNoContent:
		return nil
	case http.StatusGone:
		why.Reden, why.Definitief = domain.RedenWeg, true
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		why.Reden, why.Wacht = domain.RedenUitgesteld, wacht(a.Header)
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusProxyAuthRequired:
		why.Reden = domain.RedenToegang
	default:
		if a.StatusCode >= http.StatusMultipleChoices && a.StatusCode < http.StatusBadRequest {
			why.Reden = domain.RedenOmleiding
		}
	}
	return why
}

// wacht reads how long the receiver asks to wait, in seconds or as a moment by its
// own clock; 0 when it does not, or not readably.
func wacht(h http.Header) time.Duration {
	asked := h.Get("Retry-After")
	if n, err := strconv.ParseUint(asked, 10, 31); err == nil {
		return min(time.Duration(n)*time.Second, langsteWacht)
	}
	until, err := http.ParseTime(asked)
	now, none := http.ParseTime(h.Get("Date"))
	if err != nil || none != nil {
		return 0
	}
	return max(0, min(until.Sub(now), langsteWacht))
}

// mislukt says why there was no answer. The address stays out of it, and so does
// what the other side wrote.
func mislukt(err error) *domain.VerzendError {
	var late net.Error
	var broken *net.OpError
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &late) && late.Timeout():
		return &domain.VerzendError{Reden: domain.RedenTijd, Cause: context.DeadlineExceeded}
	case errors.Is(err, context.Canceled):
		return &domain.VerzendError{Reden: domain.RedenAfgebroken, Cause: context.Canceled}
	}
	if why := wantrouwd(err); why != nil {
		return &domain.VerzendError{Reden: domain.RedenBeveiliging, Cause: why}
	}
	if errors.As(err, &broken) {
		return &domain.VerzendError{Reden: domain.RedenVerbinding, Cause: broken}
	}
	return &domain.VerzendError{Reden: domain.RedenVerbinding}
}

// wantrouwd is why there is no connection that both sides trust, nil when that is
// not what went wrong.
func wantrouwd(err error) error {
	var stranger *tls.CertificateVerificationError
	var alert tls.AlertError
	var garbled tls.RecordHeaderError
	switch {
	case errors.As(err, &stranger):
		return stranger
	case errors.As(err, &alert):
		return alert
	case errors.As(err, &garbled):
		return garbled
	}
	return nil
}
