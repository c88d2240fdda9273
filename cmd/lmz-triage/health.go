package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// healthCommand asks a running service whether it is ready; a container uses it
// as its health check.
type healthCommand struct {
	Addr string `default:"127.0.0.1:8080" env:"LMZ_ADDR" help:"Adres van de dienst."`
}

// Run fails when the service does not answer that it is ready.
func (h healthCommand) Run(ctx context.Context, c console) error {
	host, port, err := net.SplitHostPort(h.Addr)
	if err != nil {
		return fmt.Errorf("read address: %w", err)
	}
	if host == "" || host == "0.0.0.0" || host == "::" {
		host = "127.0.0.1"
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+"/readyz", nil)
	if err != nil {
		return fmt.Errorf("ask %s: %w", h.Addr, err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("ask %s: %w", h.Addr, err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<16))
	if err != nil {
		return fmt.Errorf("read answer of %s: %w", h.Addr, err)
	}
	c.printf("%s\n", body)
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s is not ready: status %d", h.Addr, resp.StatusCode)
	}
	return nil
}
