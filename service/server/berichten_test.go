package server_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/app/apptest"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

const urgent = `{"kanaal":"telefoon","soort":"klacht","melder":{"naam":"Iemand"},"omschrijving":"Een verhaal","feiten":{"geweld":"ja"}}`

// staffed is a site with a user for some of its callers, of whom the first is on duty.
func staffed(t *testing.T) site {
	t.Helper()
	s := open(t, apptest.Shipped(t))
	for id, role := range map[string]domain.Rol{"demo-medewerker": domain.Medewerker, "demo-inspecteur": domain.Teamleider} {
		_, err := s.Store.ZetGebruiker(t.Context(), domain.Gebruiker{ID: id, Naam: "Iemand", EMail: "iemand@example.nl", Rollen: []domain.Rol{role}})
		require.NoError(t, err)
	}
	require.NoError(t, s.Store.ZetDienst(t.Context(), domain.Dienst{
		ID: "d", Gebruiker: "demo-medewerker", Van: apptest.Begin().AddDate(0, 0, -1), Tot: apptest.Begin().AddDate(0, 1, 0),
	}))
	return s
}

// ring runs both jobs.
func (s site) ring(t *testing.T) {
	t.Helper()
	require.NoError(t, s.App.Alarmeer(t.Context(), nil))
	require.NoError(t, s.App.Herinner(t.Context(), nil))
}

func TestMessagesAreListedReadAndKeptFromOthers(t *testing.T) {
	s := staffed(t)
	m, _ := s.receive(t, complaint("De Horst", "2026-10-17", ""))
	loud, _ := s.receive(t, urgent)
	s.ring(t)
	s.Clock.Set(apptest.Begin().AddDate(0, 0, 3))
	s.ring(t)
	list := func(query, who string) api.BerichtLijst {
		var out api.BerichtLijst
		w := s.do(t, as(who, call{path: "/v1/berichten" + query}))
		require.Equal(t, http.StatusOK, w.Code, w.Body.String())
		assert.NotContains(t, w.Body.String(), "Iemand")
		require.NoError(t, json.Unmarshal(w.Body.Bytes(), &out))
		return out
	}
	mine := list("", "demo-inspecteur")
	require.Len(t, mine.Items, 2, "the team leader, of what nobody handles and nobody took on")
	reminder := mine.Items[0]
	if reminder.Soort != "herinnering" {
		reminder = mine.Items[1]
	}
	days := -7
	assert.Equal(t, api.Bericht{
		ID: reminder.ID, Soort: "herinnering", Melding: m.ID, Kenmerk: m.Kenmerk, Termijn: ptr("reactie_aanbieder"), Einddatum: ptr("2026-11-30"),
		Dagen: &days, Op: apptest.Begin().AddDate(0, 0, 3), EMail: "wacht",
		Tekst: m.Kenmerk + ": Reactie van de zorgaanbieder op de klacht. De laatste dag is maandag 30 november 2026.",
	}, reminder)
	alarms := list("", "demo-medewerker")
	require.Len(t, alarms.Items, 2)
	round := 2
	assert.Equal(t, api.Bericht{
		ID: alarms.Items[0].ID, Soort: "alarm", Melding: loud.ID, Kenmerk: loud.Kenmerk, Advies: ptr("escaleren"), Ronde: &round,
		Op: apptest.Begin().AddDate(0, 0, 3), EMail: "wacht",
		Tekst: loud.Kenmerk + ": het advies is escaleren. Kijk nu naar deze melding en neem het alarm aan.",
	}, alarms.Items[0])
	assert.Empty(t, list("", "demo-beleid").Items)

	read := "/v1/berichten/" + reminder.ID + "/gelezen"
	for _, who := range []string{"demo-medewerker", "demo-systeem"} {
		assert.Equal(t, http.StatusNotFound, s.do(t, as(who, call{method: http.MethodPut, path: read})).Code, "another's is not there")
	}
	assert.Equal(t, http.StatusNotFound, s.do(t, as("demo-inspecteur", call{method: http.MethodPut, path: "/v1/berichten/x/gelezen"})).Code)
	for range 2 {
		w := s.do(t, as("demo-inspecteur", call{method: http.MethodPut, path: read}))
		require.Equal(t, http.StatusOK, w.Code, w.Body.String())
		var out api.Bericht
		require.NoError(t, json.Unmarshal(w.Body.Bytes(), &out))
		assert.Equal(t, apptest.Begin().AddDate(0, 0, 3), *out.GelezenOp)
		s.Clock.Set(s.Clock.Now().Add(time.Hour))
	}
	assert.Equal(t, 1, list("", "demo-inspecteur").Ongelezen)
	assert.Len(t, list("?ongelezen=true", "demo-inspecteur").Items, 1)
	assert.Len(t, list("?ongelezen=false", "demo-inspecteur").Items, 2)
	assert.ElementsMatch(t, []string{"ongelezen", "limit", "koffie"},
		faulted(t, s.do(t, as("demo-inspecteur", call{path: "/v1/berichten?ongelezen=soms&limit=0&koffie=1"}))))
	assert.Equal(t, []string{"cursor"}, faulted(t, s.do(t, as("demo-inspecteur", call{path: "/v1/berichten?cursor=x"}))))
	w := s.do(t, as("demo-inspecteur", call{path: "/v1/berichten?limit=1"}))
	more := next(t, w.Header())
	require.NotEmpty(t, more)
	assert.Len(t, list(strings.TrimPrefix(more, "/v1/berichten"), "demo-inspecteur").Items, 1)
	assert.NotContains(t, s.log.String(), "Iemand")
}

func TestAnAlarmIsTakenOnByOnePerson(t *testing.T) {
	s := staffed(t)
	m, tag := s.receive(t, urgent)
	require.NotNil(t, m.Alarm)
	assert.Equal(t, api.Alarm{Open: true, Advies: "escaleren", Sinds: apptest.Begin()}, *m.Alarm)
	s.ring(t)
	at := listPath + "/" + m.ID + "/aanname"
	post := func(who string, more ...string) (int, string) {
		header := map[string]string{}
		for i := 0; i < len(more); i += 2 {
			header[more[i]] = more[i+1]
		}
		w := s.do(t, as(who, call{method: http.MethodPost, path: at, header: header}))
		return w.Code, w.Body.String()
	}
	status, _ := post("demo-medewerker")
	assert.Equal(t, http.StatusPreconditionRequired, status)
	status, _ = post("demo-medewerker", "If-Match", `"9-0000000000000000"`)
	assert.Equal(t, http.StatusPreconditionFailed, status)
	status, _ = post("demo-systeem", "If-Match", tag)
	assert.Equal(t, http.StatusForbidden, status)
	status, _ = post("demo-medewerker", "If-Match", tag, "Idempotency-Key", "é")
	assert.Equal(t, http.StatusBadRequest, status)
	s.Clock.Set(apptest.Begin().Add(11 * time.Minute))
	for range 3 { // the round since then stops nobody, and a retry gives the same
		w := s.do(t, as("demo-medewerker", call{method: http.MethodPost, path: at, header: map[string]string{"If-Match": tag, "Idempotency-Key": "k"}}))
		require.Equal(t, http.StatusOK, w.Code, w.Body.String())
		got := meldingOf(t, w)
		assert.False(t, got.Alarm.Open)
		assert.Equal(t, "demo-medewerker", *got.Alarm.AangenomenDoor)
		assert.Equal(t, apptest.Begin().Add(11*time.Minute), *got.Alarm.AangenomenOp)
		assert.Equal(t, 1, got.Alarm.Rondes)
		assert.Regexp(t, `^"2-`, w.Header().Get("ETag"))
		s.Clock.Set(s.Clock.Now().Add(time.Minute))
	}
	status, said := post("demo-inspecteur", "If-Match", "*")
	assert.Equal(t, http.StatusConflict, status)
	assert.Contains(t, said, "demo-medewerker")
	assert.Contains(t, said, "vrijdag 20 november 2026 10:41", "by the clock of the office")
	assert.NotContains(t, said, "Iemand")

	var history api.Geschiedenis
	s.get(t, listPath+"/"+m.ID+"/geschiedenis", &history)
	var told []string
	for _, v := range history.Items[len(history.Items)-4:] {
		told = append(told, v.Omschrijving)
	}
	assert.Equal(t, []string{
		"Er gaat een alarm uit. Het advies is: escaleren.", "Het alarm is voor de 1e keer gegeven. Gewaarschuwd: demo-medewerker.",
		"Het alarm is aangenomen.", "De melding is toegewezen aan demo-medewerker.",
	}, told)
	quiet, quietTag := s.receive(t, complaint("De Horst", "2026-10-17", ""))
	assert.Nil(t, quiet.Alarm)
	w := s.do(t, as("demo-medewerker", call{method: http.MethodPost, path: listPath + "/" + quiet.ID + "/aanname", header: map[string]string{"If-Match": quietTag}}))
	assert.Equal(t, http.StatusConflict, w.Code)
	w = s.do(t, as("demo-medewerker", call{method: http.MethodPost, path: listPath + "/LMZ-0000-0000/aanname", header: map[string]string{"If-Match": "*"}}))
	assert.Equal(t, http.StatusNotFound, w.Code)
}

func TestAlarmsAreListedWithTheirFigures(t *testing.T) {
	s := staffed(t)
	for i := range 3 {
		m, tag := s.receive(t, urgent)
		s.Clock.Set(s.Clock.Now().Add(time.Duration(i+1) * 10 * time.Minute))
		if i < 2 {
			w := s.do(t, as("demo-medewerker", call{method: http.MethodPost, path: listPath + "/" + m.ID + "/aanname", header: map[string]string{"If-Match": tag}}))
			require.Equal(t, http.StatusOK, w.Code)
		}
	}
	list := func(query string) (out api.AlarmLijst, next string) {
		w := s.do(t, as("demo-inspecteur", call{path: "/v1/alarmen" + query}))
		require.Equal(t, http.StatusOK, w.Code, w.Body.String())
		require.NoError(t, json.Unmarshal(w.Body.Bytes(), &out))
		return out, w.Header().Get("Link")
	}
	all, link := list("")
	assert.Empty(t, link)
	median, p90 := 10.0, 20.0
	assert.Equal(t, api.AlarmCijfers{Aantal: 3, Open: 1, Aangenomen: 2, MediaanMinuten: &median, P90Minuten: &p90}, all.Cijfers)
	require.Len(t, all.Items, 3)
	assert.True(t, all.Items[0].Open, "the newest first")
	assert.Equal(t, "demo-medewerker", *all.Items[1].AangenomenDoor)
	open, _ := list("?open=true")
	require.Len(t, open.Items, 1)
	assert.Equal(t, 3, open.Cijfers.Aantal, "the figures are of all")
	none, _ := list("?van=2026-01-01&tot=2026-02-01")
	assert.Equal(t, api.AlarmLijst{Van: "2026-01-01", Tot: "2026-02-01", Items: []api.AlarmRegel{}}, none)
	_, link = list("?limit=2&van=2026-11-01")
	assert.Contains(t, link, "van=2026-11-01")
	for query, want := range map[string][]string{
		"?van=2026-01-01&tot=2027-01-02": {"van"}, "?van=2026-02-01&tot=2026-01-01": {"van"}, "?open=misschien&koffie=1": {"open", "koffie"},
		"?van=2026-02-31": {"van"}, "?cursor=x": {"cursor"},
	} {
		assert.ElementsMatch(t, want, faulted(t, s.do(t, as("demo-inspecteur", call{path: "/v1/alarmen" + query}))), query)
	}
	assert.Equal(t, http.StatusForbidden, s.do(t, call{path: "/v1/alarmen"}).Code, "figures of people are for people")

	var rows api.MeldingLijst
	s.get(t, listPath, &rows)
	since := 0
	for _, row := range rows.Items {
		if row.AlarmSinds != nil {
			since++
			assert.Equal(t, open.Items[0].Sinds, *row.AlarmSinds)
		}
	}
	assert.Equal(t, 1, since)
}

func TestWhatPeopleAreToldOfIsCounted(t *testing.T) {
	s := staffed(t)
	for _, name := range []string{
		"lmz_herinneringen_total", "lmz_herinneringen_zonder_ontvanger_total", "lmz_alarmen_total", "lmz_alarmrondes_total",
		"lmz_alarmrondes_zonder_ontvanger_total",
	} {
		assert.Equal(t, "0", s.metric(t, name), name)
	}
	s.receive(t, complaint("De Horst", "2026-10-17", ""))
	s.receive(t, urgent)
	s.ring(t)
	s.Clock.Set(apptest.Begin().AddDate(0, 0, 3))
	s.ring(t)
	for name, want := range map[string]string{"lmz_herinneringen_total": "1", "lmz_alarmen_total": "1", "lmz_alarmrondes_total": "2"} {
		assert.Equal(t, want, s.metric(t, name), name)
	}
}

func TestAMessageOfManyAlarmsSaysHowManyAndWhereToLook(t *testing.T) {
	s := open(t, apptest.Small(t, "onbekend advies"))
	_, err := s.Store.ZetGebruiker(t.Context(), domain.Gebruiker{ID: "demo-teamleider", Naam: "Iemand", Rollen: []domain.Rol{domain.Teamleider}})
	require.NoError(t, err)
	first, _ := s.receive(t, urgent)
	for range domain.AlarmBundelBoven {
		s.Clock.Set(s.Clock.Now().Add(time.Second))
		s.receive(t, urgent)
	}
	require.NoError(t, s.App.Alarmeer(t.Context(), nil))
	w := s.do(t, as("demo-teamleider", call{path: "/v1/berichten"}))
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	var out api.BerichtLijst
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &out))
	require.Len(t, out.Items, 1)
	n, version, round := domain.AlarmBundelBoven+1, 1, 1
	assert.Equal(t, api.Bericht{
		ID: out.Items[0].ID, Soort: "alarm", Melding: first.ID, Kenmerk: first.Kenmerk, Advies: ptr("beoordelen"), Ronde: &round,
		Aantal: &n, Sinds: &first.OntvangenOp, Beleidsversie: &version, Op: s.Clock.Now(), EMail: "geen",
		Tekst: "6 meldingen kregen geen advies. Beleid dat toen gold: versie 1. Kijk nu in de lijst met open alarmen en neem ze aan.",
	}, out.Items[0])
}

func TestTheHistoryOfALongAlarmSaysSinceWhenNothingStoodThere(t *testing.T) {
	s := staffed(t)
	m, _ := s.receive(t, urgent)
	for range 13 {
		s.ring(t)
		s.Clock.Set(s.Clock.Now().Add(domain.AlarmRonde))
	}
	var out api.Geschiedenis
	s.get(t, listPath+"/"+m.ID+"/geschiedenis", &out)
	last := out.Items[len(out.Items)-1]
	assert.Equal(t, "Het alarm is voor de 13e keer gegeven. Gewaarschuwd: demo-medewerker, demo-inspecteur. Daarvoor is het ook de 10e tot en met de 12e keer gegeven.", last.Omschrijving)
	assert.Equal(t, "10", last.Gegevens["vanaf"])
}

func TestTheHistorySaysThatAnAlarmTookThePlaceOfAnother(t *testing.T) {
	s := open(t, apptest.Small(t, "onbekend advies"))
	m, tag := s.receive(t, urgent)
	s.Activate(t, apptest.Shipped(t))
	w := s.change(t, http.MethodPatch, listPath+"/"+m.ID, tag, `{"onderwerp":"Valpartij"}`)
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	var out api.Geschiedenis
	s.get(t, listPath+"/"+m.ID+"/geschiedenis", &out)
	var told []string
	for _, v := range out.Items {
		if strings.HasPrefix(v.Soort, "alarm") {
			told = append(told, v.Omschrijving)
		}
	}
	assert.Equal(t, []string{
		"Er gaat een alarm uit. Het advies is: beoordelen.",
		"Het advies is nu: escaleren. Daarvoor komt een nieuw alarm, in plaats van het vorige.",
		"Er gaat een alarm uit. Het advies is: escaleren.",
	}, told)
}

func TestWhoTakesALongAlarmOnSeesInTheHistoryHowOftenItWasGiven(t *testing.T) {
	for rounds, want := range map[int]string{
		9:  "Het alarm is aangenomen.",
		10: "Het alarm is aangenomen. Daarvoor is het ook de 10e keer gegeven.",
		12: "Het alarm is aangenomen. Daarvoor is het ook de 10e tot en met de 12e keer gegeven.",
	} {
		s := staffed(t)
		m, _ := s.receive(t, urgent)
		for range rounds {
			s.ring(t)
			s.Clock.Set(s.Clock.Now().Add(domain.AlarmRonde))
		}
		w := s.do(t, as("demo-medewerker", call{method: http.MethodPost, path: listPath + "/" + m.ID + "/aanname", header: map[string]string{"If-Match": "*"}}))
		require.Equal(t, http.StatusOK, w.Code, w.Body.String())
		var out api.Geschiedenis
		s.get(t, listPath+"/"+m.ID+"/geschiedenis", &out)
		taken := out.Items[len(out.Items)-2] // before it was assigned
		assert.Equal(t, want, taken.Omschrijving, rounds)
	}
}
