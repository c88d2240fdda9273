package main

import (
	"context"
	"fmt"
	"net"
	"net/http"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server"
)

// entrance is where callers of the server come in.
type entrance struct {
	server   *server.Server
	addr     string
	listener net.Listener // nil until listen
	http     *http.Server
	failed   chan error
}

// listen lets callers come in, when it does not do so yet.
func (e *entrance) listen(ctx context.Context) error {
	if e.listener != nil {
		return nil
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", e.addr)
	if err != nil {
		return &domain.Error{Code: domain.Unavailable, Key: "fout.adres_bezet", Args: []any{e.addr}, Cause: err}
	}
	e.listener, e.http, e.failed = listener, e.server.HTTP(e.addr), make(chan error, 1)
	go func() { e.failed <- e.http.Serve(listener) }()
	return nil
}

// close ends at once what still goes on.
func (e *entrance) close() { _ = e.http.Close() }

// answer serves until ctx ends, then lets requests under way finish.
func (e *entrance) answer(ctx context.Context, c console) error {
	select {
	case err := <-e.failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	c.say("cli.stopt")
	bounded, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer cancel()
	if err := e.http.Shutdown(bounded); err != nil {
		return fmt.Errorf("stop: %w", err)
	}
	c.say("cli.gestopt")
	return nil
}
