package main_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

const deVries = `{"id":"m.devries","naam":"M. de Vries","eMail":"m.devries@example.nl","rollen":["medewerker","teamleider"],"team":"noord"}`

func TestThePeopleOfTheOfficeOnTheCommandLine(t *testing.T) {
	dir := emptyStore(t)
	none := command(t, "", "gebruikers", "--data", dir)
	require.Equal(t, 0, none.status, none.err)
	assert.Contains(t, none.out, "gebruiker zet")
	file := filepath.Join(dir, "gebruiker.json")
	require.NoError(t, os.WriteFile(file, []byte(deVries), 0o600))
	added := command(t, "", "gebruiker", "zet", file, "--data", dir)
	require.Equal(t, 0, added.status, added.err)
	assert.Equal(t, "Gebruiker m.devries is toegevoegd.\n", added.out)
	left := command(t, strings.Replace(deVries, `"team":"noord"`, `"inactief":true`, 1), "gebruiker", "zet", "-", "--data", dir)
	require.Equal(t, 0, left.status, left.err)
	assert.Equal(t, "Gebruiker m.devries is gewijzigd.\n", left.out)

	all := command(t, "", "gebruikers", "--data", dir)
	assert.Regexp(t, `(?m)^m\.devries +M\. de Vries +medewerker, teamleider +- +m\.devries@example\.nl +werkt hier niet meer$`, all.out)
	assert.Contains(t, command(t, "", "gebruikers", "--inactief", "nee", "--data", dir).out, "geen gebruikers")
	var list api.GebruikerLijst
	require.NoError(t, json.Unmarshal([]byte(command(t, "", "gebruikers", "--json", "--rol", "teamleider", "--data", dir).out), &list))
	require.Len(t, list.Items, 1)
	assert.True(t, list.Items[0].Inactief)

	bad := command(t, `{"id":"M","naam":"","rollen":["baas"],"team":3}`, "gebruiker", "zet", "-", "--data", dir)
	assert.Equal(t, 1, bad.status)
	for _, field := range []string{"id:", "naam:", "rollen[0]:", "team:"} {
		assert.Contains(t, bad.err, field)
	}
	assert.Contains(t, command(t, "", "gebruiker", "zet", filepath.Join(dir, "weg.json"), "--data", dir).err, "weg.json")
}

func TestTheRotaOnTheCommandLine(t *testing.T) {
	dir := emptyStore(t)
	require.Equal(t, 0, command(t, deVries, "gebruiker", "zet", "-", "--data", dir).status)
	assert.Contains(t, command(t, "", "diensten", "--data", dir).out, "dienst zet")
	year := clock.System{}.Now().Year() + 1
	at := func(rest string) string { return time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Format("2006") + rest }
	set := command(t, "", "dienst", "zet", "m.devries", at("-01-15T17:00"), at("-01-16T07:00:00Z"), "--volgorde", "2", "--data", dir)
	require.Equal(t, 0, set.status, set.err)
	assert.Contains(t, set.out, "van "+at("-01-15 17:00")+" tot "+at("-01-16 08:00"), "in Dutch time")
	all := command(t, "", "diensten", "--van", at("-01-01T00:00"), "--data", dir)
	assert.Regexp(t, at("-01-15 17:00 +")+at("-01-16 08:00")+` +2 +m\.devries +[0-9a-f-]{36}`, all.out)
	var list api.DienstLijst
	require.NoError(t, json.Unmarshal([]byte(command(t, "", "diensten", "--json", "--van", at("-01-01T00:00"), "--data", dir).out), &list))
	require.Len(t, list.Items, 1)
	assert.Equal(t, time.Date(year, 1, 15, 16, 0, 0, 0, time.UTC), list.Items[0].Van)

	bad := command(t, "", "dienst", "zet", "weg", at("-02-30T17:00"), at("-01-16T08:00"), "--volgorde", "0", "--data", dir)
	assert.Equal(t, 1, bad.status)
	for _, field := range []string{"gebruiker:", "van:", "volgorde:"} {
		assert.Contains(t, bad.err, field)
	}
	gone := command(t, "", "dienst", "weg", list.Items[0].ID, "--data", dir)
	assert.Equal(t, 0, gone.status, gone.err)
	assert.Equal(t, 1, command(t, "", "dienst", "weg", list.Items[0].ID, "--data", dir).status)
}

func TestADemonstrationHasPeopleOnDutyAndMeldingenThatSomebodyHandles(t *testing.T) {
	dir := t.TempDir()
	for range 2 { // a second start changes nothing
		d := start(t, "--demo", "--data", dir)
		require.Eventually(t, func() bool { return strings.Contains(d.out.String(), "600 verzonnen meldingen") }, 120*time.Second, 20*time.Millisecond)
		read := func(path string, out any) {
			t.Helper()
			status, body := d.must(t, http.MethodGet, path, "")
			require.Equal(t, http.StatusOK, status, body)
			require.NoError(t, json.Unmarshal([]byte(body), out))
		}
		d.token = "demo-teamleider"
		var people api.GebruikerLijst
		read("/v1/gebruikers", &people)
		ids := []string{}
		for _, g := range people.Items {
			ids = append(ids, g.ID)
			assert.Regexp(t, `@example\.nl$`, *g.EMail)
			assert.Equal(t, g.ID == "demo-collega", len(*g.Afwezig) == 1)
		}
		assert.Equal(t, []string{"demo-beheer", "demo-beleid", "demo-beleid-2", "demo-collega", "demo-inspecteur", "demo-medewerker", "demo-teamleider"}, ids)
		var turns api.DienstLijst
		now := clock.System{}.Now().UTC()
		read("/v1/diensten?van="+now.Format(time.RFC3339)+"&tot="+now.Add(time.Second).Format(time.RFC3339), &turns)
		assert.Len(t, turns.Items, 2, "one, and the team leader behind him")
		read("/v1/diensten", &turns)
		assert.Greater(t, len(turns.Items), 30)
		for _, who := range []string{"demo-medewerker", "demo-collega", "demo-inspecteur"} {
			var list api.MeldingLijst
			read("/v1/meldingen?limit=200&behandelaar="+who, &list)
			assert.Len(t, list.Items, 100, who)
			var terms api.TermijnLijst
			read("/v1/termijnen?behandelaar="+who, &terms)
			assert.NotEmpty(t, terms.Items)
		}
		assert.Zero(t, d.stop(t))
	}
}
