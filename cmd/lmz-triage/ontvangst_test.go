package main_test

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// intake is what callers outside the service know of it: every request they sent,
// by its key, with the kenmerk of the answer, empty where none came.
type intake struct {
	lock sync.Mutex
	sent map[string]string
}

func (i *intake) note(key, kenmerk string) {
	i.lock.Lock()
	defer i.lock.Unlock()
	if i.sent[key] == "" {
		i.sent[key] = kenmerk
	}
}

// open lists the keys that were never answered.
func (i *intake) open() []string {
	i.lock.Lock()
	defer i.lock.Unlock()
	var out []string
	for key, kenmerk := range i.sent {
		if kenmerk == "" {
			out = append(out, key)
		}
	}
	return out
}

// receive sends the melding of a key and gives its kenmerk; an error when the
// service is gone.
func (d *dienst) receive(key string) (string, error) {
	body := fmt.Sprintf(`{"soort":"klacht","kanaal":"systeem","klantkenmerk":%q,"feiten":{"geweld":"nee"},"aanbieder":{"naam":"Aanbieder %c","plaats":"Delft"}}`, key, key[len(key)-1])
	r, err := http.NewRequest(http.MethodPost, d.url+"/v1/meldingen", strings.NewReader(body))
	if err != nil {
		return "", err
	}
	r.Header.Set("Authorization", "Bearer demo-systeem")
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", key)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return "", err
	}
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		return "", err
	}
	if resp.StatusCode != http.StatusCreated {
		return "", fmt.Errorf("status %d: %s", resp.StatusCode, raw)
	}
	var m struct {
		Kenmerk string `json:"kenmerk"`
	}
	return m.Kenmerk, json.Unmarshal(raw, &m)
}

// stored lists the kenmerk of every melding, by the reference its sender gave.
func (d *dienst) stored(t testing.TB) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for path := "/v1/meldingen?sorteer=ontvangst&limit=200"; path != ""; {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, d.url+path, nil)
		require.NoError(t, err)
		r.Header.Set("Authorization", "Bearer demo-systeem")
		resp, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		raw, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		require.Equal(t, http.StatusOK, resp.StatusCode, string(raw))
		var page struct {
			Items []struct {
				Kenmerk      string `json:"kenmerk"`
				Klantkenmerk string `json:"klantkenmerk"`
			} `json:"items"`
		}
		require.NoError(t, json.Unmarshal(raw, &page))
		for _, m := range page.Items {
			out[m.Klantkenmerk] = append(out[m.Klantkenmerk], m.Kenmerk)
		}
		next, _, more := strings.Cut(strings.TrimPrefix(resp.Header.Get("Link"), "<"), ">")
		if path = ""; more {
			path = strings.TrimPrefix(next, d.url)
		}
	}
	return out
}

func TestEveryMeldingThatWasAcknowledgedIsThereOnceAfterTwentyKills(t *testing.T) {
	dir, known := t.TempDir(), &intake{sent: map[string]string{}}
	for round := range 20 {
		d := serve(t, dir)
		for _, key := range known.open() { // what was not answered is sent again
			kenmerk, err := d.receive(key)
			require.NoError(t, err)
			known.note(key, kenmerk)
		}
		var callers sync.WaitGroup
		for caller := range 32 {
			callers.Go(func() {
				for n := 0; ; n++ {
					key := fmt.Sprintf("r%d-c%d-%d", round, caller, n)
					known.note(key, "")
					kenmerk, err := d.receive(key)
					if err != nil {
						return
					}
					known.note(key, kenmerk)
				}
			})
		}
		time.Sleep(time.Duration(50+rand.IntN(150)) * time.Millisecond) // the moment of the power cut
		d.kill(t)
		callers.Wait()
	}
	d := serve(t, dir)
	for _, key := range known.open() {
		kenmerk, err := d.receive(key)
		require.NoError(t, err)
		known.note(key, kenmerk)
	}
	stored := d.stored(t)
	assert.Len(t, stored, len(known.sent))
	for key, kenmerk := range known.sent {
		require.Equal(t, []string{kenmerk}, stored[key], key)
	}
	t.Logf("%d meldingen", len(stored))
}
