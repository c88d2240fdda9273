package main_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"zorgmeldingen.nl/lmz-triage/fixtures"
	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// benchCall is one request as the bytes on the wire, and what its answer must
// hold. Written out beforehand, the callers take little of the processors that
// they share with the servers.
type benchCall struct {
	request []byte
	advice  []byte
}

// benchCalls asks every triage case of both servers, each in its own shape: the
// question as a caller writes it, and the input that the policy sees.
func benchCalls(b *testing.B, lmz, opa string) (ours, theirs []benchCall) {
	b.Helper()
	contract, err := api.LoadContract()
	require.NoError(b, err)
	calendar, err := term.Load()
	require.NoError(b, err)
	zone, err := clock.Amsterdam()
	require.NoError(b, err)
	cases, err := fixtures.TriageGevallen()
	require.NoError(b, err)
	for name, c := range cases {
		question, err := json.Marshal(c.Invoer)
		require.NoError(b, err)
		asked, err := contract.ReadAanvraag(question)
		require.NoError(b, err, name)
		in, faults := domain.LeesAanvraag(asked, term.DateIn(clock.System{}.Now(), zone), calendar)
		require.Empty(b, faults, name)
		input := fmt.Sprintf(`{"input":%s}`, policy.EncodeInput(in))
		advice := fmt.Appendf(nil, `"advies":%q`, c.Advies)
		ours = append(ours, benchCall{benchRequest(b, "http://"+lmz+"/v1/triage-adviezen", string(question), benchToken), advice})
		theirs = append(theirs, benchCall{benchRequest(b, "http://"+opa+"/v1/data/main/besluit", input, ""), advice})
	}
	return ours, theirs
}

func benchRequest(b *testing.B, url, body, token string) []byte {
	b.Helper()
	r, err := http.NewRequestWithContext(b.Context(), http.MethodPost, url, strings.NewReader(body))
	require.NoError(b, err)
	r.Header.Set("Content-Type", "application/json")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	var out bytes.Buffer
	require.NoError(b, r.Write(&out))
	return out.Bytes()
}

// benchClient is one caller that keeps its connection. It reads the answer whole
// and holds nothing of it after the next.
type benchClient struct {
	conn net.Conn
	in   *bufio.Reader
	body bytes.Buffer
}

// benchClients connects as many callers as there are clients.
func benchClients(b *testing.B, addr string, clients int) []*benchClient {
	b.Helper()
	out := make([]*benchClient, 0, clients)
	for range clients {
		conn, err := new(net.Dialer).DialContext(b.Context(), "tcp", addr)
		require.NoError(b, err)
		b.Cleanup(func() { _ = conn.Close() })
		out = append(out, &benchClient{conn: conn, in: bufio.NewReader(conn)})
	}
	return out
}

// ask gives the body of the answer, valid until the next call. Any status but
// 200 and 201 is an error.
func (c *benchClient) ask(request []byte) ([]byte, error) {
	if _, err := c.conn.Write(request); err != nil {
		return nil, fmt.Errorf("ask: %w", err)
	}
	resp, err := http.ReadResponse(c.in, nil)
	if err != nil {
		return nil, fmt.Errorf("read answer: %w", err)
	}
	c.body.Reset()
	_, err = c.body.ReadFrom(resp.Body)
	if closed := resp.Body.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return nil, fmt.Errorf("read answer: %w", err)
	}
	if resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusCreated {
		return nil, fmt.Errorf("answer is %s: %s", resp.Status, c.body.Bytes())
	}
	return c.body.Bytes(), nil
}

// benchRound has the callers ask total questions between them, each the next one
// as soon as it was answered, and fails on an answer with another advice.
func benchRound(ctx context.Context, callers []*benchClient, calls []benchCall, total int64) error {
	group, ctx := errgroup.WithContext(ctx)
	var taken atomic.Int64
	for _, c := range callers {
		group.Go(func() error {
			for n := taken.Add(1); n <= total && ctx.Err() == nil; n = taken.Add(1) {
				call := calls[n%int64(len(calls))]
				said, err := c.ask(call.request)
				if err != nil {
					return err
				}
				if !bytes.Contains(said, call.advice) {
					return fmt.Errorf("want %s, the answer is %s", call.advice, said)
				}
			}
			return nil
		})
	}
	return group.Wait()
}
