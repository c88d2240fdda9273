package main_test

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/store/mongo/mongotest"
)

func TestAServiceWaitsForItsDatabaseAndOutlivesIt(t *testing.T) {
	file := filepath.Join(t.TempDir(), "mongo.h2")
	server, err := mongotest.StartJava(t.Context(), "0", file)
	require.NoError(t, err)
	uri, port := server.Address("proef"), server.Port()
	require.NoError(t, server.Stop())

	address := freeAddress(t)
	d := begin(t, "http://"+address, "--demo", "--no-seed", "--store", uri, "--addr", address)
	require.Eventually(t, func() bool {
		status, _, err := d.ask(http.MethodGet, "/readyz", "")
		return err == nil && status == http.StatusServiceUnavailable
	},
		10*time.Second, 20*time.Millisecond)
	const decision, calculation = `{"melding":{"soort":"klacht"}}`, `{"soort":"reactie_aanbieder","start":"2026-11-02"}`
	for _, path := range []string{"/healthz", "/metrics", "/", "/v1/openapi.json"} {
		status, answer := d.must(t, http.MethodGet, path, "")
		assert.Equal(t, http.StatusOK, status, answer)
	}
	status, answer := d.must(t, http.MethodPost, "/v1/termijnberekeningen", calculation)
	assert.Equal(t, http.StatusOK, status, answer)
	why := "127.0.0.1:" + port + " is niet bereikbaar"
	require.Eventually(t, func() bool {
		_, ready := d.must(t, http.MethodGet, "/readyz", "")
		return strings.Contains(ready, why) && strings.Contains(d.out.String(), why)
	}, 10*time.Second, 20*time.Millisecond)
	requireAway(t, d, http.MethodPost, "/v1/triage-adviezen", decision)
	requireAway(t, d, http.MethodGet, "/v1/meldingen", "")

	again := func() *mongotest.Server {
		s, err := mongotest.StartJava(t.Context(), port, file)
		require.NoError(t, err)
		return s
	}
	for range 2 {
		server = again()
		require.Eventually(t, func() bool { status, _ := d.must(t, http.MethodGet, "/readyz", ""); return status == http.StatusOK },
			20*time.Second, 50*time.Millisecond, "it comes by itself")
		status, answer := d.must(t, http.MethodPost, "/v1/triage-adviezen", decision)
		require.Equal(t, http.StatusOK, status, answer)

		require.NoError(t, server.Stop())
		requireAway(t, d, http.MethodPost, "/v1/triage-adviezen", decision)
		requireAway(t, d, http.MethodPost, "/v1/meldingen", `{"soort":"klacht","kanaal":"systeem"}`)
		status, answer = d.must(t, http.MethodPost, "/v1/termijnberekeningen", calculation)
		assert.Equal(t, http.StatusOK, status, answer)
	}
}

// requireAway requires that a request is told within two seconds that the store is not
// there.
func requireAway(t *testing.T, d *dienst, method, path, body string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	began := time.Now() //nolint:forbidigo // how long a caller waits
	status, answer, headers, err := d.call(ctx, method, path, body)
	assert.Less(t, time.Since(began), 2*time.Second, "%s %s", method, path) //nolint:forbidigo // as above
	if assert.NoError(t, err, path) {
		assert.Equal(t, http.StatusServiceUnavailable, status, "%s %s: %s", method, path, answer)
		assert.NotEmpty(t, headers.Get("Retry-After"))
		assert.Equal(t, "application/problem+json", headers.Get("Content-Type"))
	}
}

func TestADatabaseThatHangsIsToldInTime(t *testing.T) {
	server, err := mongotest.StartJava(t.Context())
	require.NoError(t, err)
	d := start(t, "--demo", "--no-seed", "--store", server.Address("proef"))
	const decision, melding = `{"melding":{"soort":"klacht"}}`, `{"soort":"klacht","kanaal":"systeem","aanbieder":{"naam":"De Zon","plaats":"Emmen"}}`
	status, answer := d.must(t, http.MethodPost, "/v1/meldingen", melding)
	require.Equal(t, http.StatusCreated, status, answer)
	var kept struct{ ID string }
	require.NoError(t, json.Unmarshal([]byte(answer), &kept))
	database, err := os.FindProcess(server.Pid())
	require.NoError(t, err)
	calls := [][3]string{
		{http.MethodGet, "/v1/meldingen/" + kept.ID, ""},
		{http.MethodGet, "/v1/meldingen", ""},
		{http.MethodGet, "/v1/meldingen?gewijzigdNa=2026-01-01T00:00:00Z", ""},
		{http.MethodPost, "/v1/meldingen", melding},
		{http.MethodPost, "/v1/triage-adviezen", decision},
		{http.MethodPost, "/v1/triage-adviezen/_reeks", `{"items":[{"invoer":` + decision + `},{"invoer":` + decision + `}]}`},
		{http.MethodGet, "/v1/termijnen", ""},
		{http.MethodGet, "/v1/aanbieders", ""},
		{http.MethodGet, "/v1/stiptheid", ""},
	}
	for _, first := range calls { // each comes first once
		require.Eventually(t, func() bool { status, _ := d.must(t, http.MethodGet, "/readyz", ""); return status == http.StatusOK }, 20*time.Second, 20*time.Millisecond)
		require.NoError(t, database.Signal(syscall.SIGSTOP))
		time.Sleep(100 * time.Millisecond) // or it may answer once more
		requireAway(t, d, first[0], first[1], first[2])
		requireAway(t, d, first[0], first[1], first[2])
		require.NoError(t, database.Signal(syscall.SIGCONT))
	}
	require.NoError(t, database.Signal(syscall.SIGSTOP))
	var all sync.WaitGroup
	for _, one := range append(calls, calls...) {
		all.Go(func() { requireAway(t, d, one[0], one[1], one[2]) })
	}
	all.Wait()
	status, ready := d.must(t, http.MethodGet, "/readyz", "")
	assert.Equal(t, http.StatusServiceUnavailable, status)
	assert.Contains(t, ready, "De MongoDB-server op 127.0.0.1:"+server.Port())
	status, answer = d.must(t, http.MethodPost, "/v1/termijnberekeningen", `{"soort":"reactie_aanbieder","start":"2026-11-02"}`)
	assert.Equal(t, http.StatusOK, status, answer)
	require.NoError(t, database.Signal(syscall.SIGCONT))
	t.Cleanup(func() { _ = server.Stop() })
}

func TestAServiceThatStartsWithoutItsDatabaseDecidesAsTheOneBefore(t *testing.T) {
	file := filepath.Join(t.TempDir(), "mongo.h2")
	server, err := mongotest.StartJava(t.Context(), "0", file)
	require.NoError(t, err)
	uri, port := server.Address("proef"), server.Port()
	spool, address := t.TempDir(), freeAddress(t)
	args := []string{"--demo", "--no-seed", "--store", uri, "--spool", spool, "--addr", address}
	d := begin(t, "http://"+address, args...)
	waitReady := func() {
		require.Eventually(t, func() bool {
			status, ready, err := d.ask(http.MethodGet, "/readyz", "")
			return err == nil && status == http.StatusOK && strings.Contains(ready, `"wachtend":0`) && !strings.Contains(ready, "reden")
		}, 20*time.Second, 50*time.Millisecond)
	}
	waitReady()
	time.Sleep(1500 * time.Millisecond) // the server in Java writes what it has once a second
	require.NoError(t, server.Stop())
	d.kill(t)

	d = begin(t, "http://"+address, args...)
	require.Eventually(t, func() bool {
		status, _, err := d.ask(http.MethodGet, "/readyz", "")
		return err == nil && status == http.StatusOK
	},
		20*time.Second, 20*time.Millisecond, "decisions can be given")
	_, ready := d.must(t, http.MethodGet, "/readyz", "")
	assert.Contains(t, ready, "niet bereikbaar", "and it says what is wrong")
	status, answer := d.must(t, http.MethodPost, "/v1/triage-adviezen", `{"melding":{"soort":"klacht"}}`)
	require.Equal(t, http.StatusOK, status, answer)
	var given struct {
		ID     string
		Beleid struct{ Versie int }
	}
	require.NoError(t, json.Unmarshal([]byte(answer), &given))
	assert.Equal(t, 1, given.Beleid.Versie)
	assert.Contains(t, d.out.String(), "Adviezen gaan intussen door met versie 1")
	requireAway(t, d, http.MethodGet, "/v1/meldingen", "")

	server, err = mongotest.StartJava(t.Context(), port, file)
	require.NoError(t, err)
	t.Cleanup(func() { _ = server.Stop() })
	waitReady()
	status, answer = d.must(t, http.MethodGet, "/v1/triage-adviezen/"+given.ID, "")
	assert.Equal(t, http.StatusOK, status, answer)
}

func TestADatabaseThatCannotBeUsedIsOneClearLine(t *testing.T) {
	uri := database(t)
	foreign := func(product string, form int) {
		client, err := driver.Connect(options.Client().ApplyURI(uri))
		require.NoError(t, err)
		name := uri[strings.LastIndex(uri, "/")+1 : strings.LastIndex(uri, "?")]
		_, err = client.Database(name).Collection("vorm").ReplaceOne(t.Context(), bson.D{{Key: "_id", Value: "vorm"}},
			bson.D{{Key: "product", Value: product}, {Key: "versie", Value: form}}, options.Replace().SetUpsert(true))
		require.NoError(t, err)
		require.NoError(t, client.Disconnect(t.Context()))
	}
	tls := uri + "&tls=true"
	for _, c := range []struct {
		name, uri, want string
		before          func()
	}{
		{"an address that cannot be read", "mongodb://naam:gehe/im@host/x", "niet te lezen", nil},
		{"a server that is away", "mongodb://naam:geheim@127.0.0.1:1/x", "127.0.0.1:1 is niet bereikbaar", nil},
		{"a name that is none", "mongodb+srv://naam:geheim@er-niet.invalid/x", "er-niet.invalid is niet bereikbaar", nil},
		{"a server without TLS", tls, "geen TLS", nil},
		{"another product", uri, "van een ander programma", func() { foreign("anders", 1) }},
		{"a newer form", uri, "nieuwere versie van dit programma", func() { foreign("lmz-triage", 99) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.before != nil {
				c.before()
			}
			out := command(t, "", "meldingen", "--store", c.uri)
			assert.Equal(t, 1, out.status)
			assert.Len(t, linesOf(out.err), 1, out.err)
			assert.Contains(t, out.err, c.want)
			assert.NotContains(t, out.out+out.err, "geheim")
		})
	}
}
