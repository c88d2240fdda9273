package sqlite_test

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

// unset is more parameters than any query has: the plan does not rest on them.
func unset() []any { return make([]any, 60) }

// What SQLite does must not grow with the table: it searches by an index, and
// only a query that asks for every row may walk them, in the order of the table.
func TestEveryQueryUsesAnIndex(t *testing.T) {
	s := openTemp(t)
	require.NoError(t, s.BewaarAdviezen(t.Context(), storetest.Entries(1, 100)))
	require.NoError(t, s.BewaarPakket(t.Context(), storetest.Package("a")))
	db := plain(t, s.path)
	for name, query := range sqlite.Queries() {
		t.Run(name, func(t *testing.T) {
			for _, step := range plan(t, db, query.SQL) {
				require.NotContains(t, step, "TEMP B-TREE", "%s", query.SQL)
				if !query.Whole && !noTable(step) {
					require.NotContains(t, step, "SCAN", "%s", query.SQL)
				}
			}
		})
	}
}

// noTable reports that step walks what was given with the query, or what another
// step has found.
func noTable(step string) bool {
	return step == "SCAN CONSTANT ROW" || strings.HasPrefix(step, "SCAN json_each") || strings.HasPrefix(step, "SCAN (subquery") ||
		step == "SCAN statussen" // one row for each, see selectStatussen
}

// plan is how SQLite carries out query, step by step.
func plan(t *testing.T, db *sql.DB, query string) (steps []string) {
	t.Helper()
	rows, err := db.Query("EXPLAIN QUERY PLAN "+query, unset()...)
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	for rows.Next() {
		var id, parent, unused int
		var step string
		require.NoError(t, rows.Scan(&id, &parent, &unused, &step))
		steps = append(steps, step)
	}
	require.NoError(t, rows.Err())
	return steps
}

func TestEveryTableIsSearchedByItsIndex(t *testing.T) {
	db := plain(t, openTemp(t).path)
	for name, want := range map[string]string{
		"selectAdvies":        "SEARCH advies USING INDEX sqlite_autoindex_advies_1 (id=?)",
		"selectPakket":        "SEARCH beleidspakket USING INDEX sqlite_autoindex_beleidspakket_1 (digest=?)",
		"selectActief":        "SEARCH activering USING INTEGER PRIMARY KEY (rowid=?)",
		"selectMelding":       "SEARCH melding USING INDEX sqlite_autoindex_melding_1 (id=?)",
		"selectSignalen":      "SEARCH signaal_jaar USING INDEX sqlite_autoindex_signaal_jaar_1 (aanbieder=? AND jaar>? AND jaar<?)",
		"selectMeldingenOver": "SEARCH melding USING COVERING INDEX melding_aanbieder_ontvangst (aanbieder=? AND dag>? AND dag<?)",
		"selectTeControleren": "SEARCH melding USING INDEX melding_controle (controle<?)",
		"selectTeHerinneren":  "SEARCH melding USING INDEX melding_herinnering (herinnering<?)",
		"countTeHerinneren":   "SEARCH melding USING COVERING INDEX melding_herinnering (herinnering<?)",
		"selectTeAlarmeren":   "SEARCH melding USING INDEX melding_alarm (alarm_volgende<?)",
		"berichten":           "SEARCH bericht USING INDEX bericht_gebruiker (gebruiker=? AND (op,id)<(?,?))",
		"berichten ongelezen": "SEARCH bericht USING INDEX bericht_ongelezen (gebruiker=? AND (op,id)<(?,?))",
		"countOngelezen":      "SEARCH bericht USING COVERING INDEX bericht_ongelezen (gebruiker=?)",
		"selectTeVersturen":   "SEARCH bericht USING INDEX bericht_wacht (soort=? AND event=? AND volgende<?)",
		"alarmen":             "SEARCH a USING INDEX alarm_sinds (sinds>? AND (sinds,melding,nr)<(?,?,?))",
		"alarmen open":        "SEARCH a USING INDEX alarm_open (sinds>? AND (sinds,melding,nr)<(?,?,?))",
		"selectTeHerrekenen":  "SEARCH melding USING COVERING INDEX melding_kalender (kalender=? AND id>?)",
		"countTeHerrekenen":   "SEARCH melding USING COVERING INDEX melding_kalender (kalender<?)",
		"selectAanbieders":    "SEARCH aanbieder USING INDEX aanbieder_naam ((naamvorm,id)>(?,?))",
		"selectMetAgenda":     "SEARCH gebruiker USING INDEX gebruiker_agenda (agenda=?)",
		"selectDiensten":      "SEARCH dienst USING COVERING INDEX dienst_tot (tot>?)",
		"tel periode":         "SEARCH melding USING COVERING INDEX melding_status_ontvangst (status=? AND dag>? AND dag<?)",
	} {
		require.Contains(t, plan(t, db, sqlite.Queries()[name].SQL), want)
	}
}

// A page of a list by one value is one range of an index, whatever its order, and
// so is each part of a list that has none.
func TestEveryListIsOneRangeOfItsIndex(t *testing.T) {
	db := plain(t, openTemp(t).path)
	begins := map[string]string{
		"urgentie":  "urgentie>? AND urgentie<?",
		"ontvangst": "dag>? AND (dag,ontvangen_op,id)<(?,?,?)",
		"wijziging": "(gewijzigd_op,id)>(?,?)",
	}
	want := map[string]string{"lijst wijziging": fmt.Sprintf("SEARCH melding USING INDEX melding_wijziging (%s)", begins["wijziging"])}
	for volgorde, begin := range begins {
		for _, filter := range []string{"status", "advies", "aanbieder", "behandelaar", "sector", "termijn"} {
			want["lijst "+volgorde+" "+filter] = fmt.Sprintf("SEARCH melding USING INDEX melding_%s_%s (%s=? AND %s)", filter, volgorde, filter, begin)
		}
	}
	for _, inParts := range []string{"lijst urgentie advies", "lijst ontvangst advies", "lijst ontvangst sector"} {
		delete(want, inParts)
	}
	parts := map[string]string{}
	for kolom, volgordes := range map[string][]string{
		"status": {"urgentie", "ontvangst"}, "kwartaal": {"urgentie", "wijziging"},
		"aanbieder": {"urgentie"}, "behandelaar": {"urgentie"}, "termijn": {"urgentie"},
	} {
		for _, volgorde := range volgordes {
			parts["deel "+kolom+" "+volgorde] = fmt.Sprintf("SEARCH melding USING INDEX melding_%s_%s (%s=? AND %s)", kolom, volgorde, kolom, begins[volgorde])
		}
	}
	found := map[string]bool{}
	for name, query := range sqlite.Queries() {
		if !strings.HasPrefix(name, "deel ") {
			continue
		}
		at := strings.LastIndex(name, " ")
		naast, err := strconv.Atoi(name[at+1:])
		require.NoError(t, err)
		want := []string{parts[name[:at]]}
		found[name[:at]] = true
		require.NotContains(t, want, "", name)
		if naast > 1 { // side by side, and no further than the page is full
			want = append(slices.Repeat([]string{"LEFT", "MERGE (UNION ALL)", "RIGHT"}, naast-1), slices.Repeat(want, naast)...)
		}
		require.ElementsMatch(t, want, plan(t, db, query.SQL), name)
	}
	require.ElementsMatch(t, slices.Collect(maps.Keys(parts)), slices.Collect(maps.Keys(found)))
	for name := range sqlite.Queries() {
		if strings.HasPrefix(name, "lijst ") {
			require.Contains(t, want, name)
		}
	}
	for name, step := range want {
		require.Equal(t, []string{step}, plan(t, db, sqlite.Queries()[name].SQL), name)
	}
}

// A page of terms is one range of its index; the kenmerk of each row is looked up, and
// when its melding changed where that is asked.
func TestEveryListOfTermsIsOneRangeOfItsIndex(t *testing.T) {
	db := plain(t, openTemp(t).path)
	for name, want := range map[string]string{
		"eind":        "termijn_eind (",
		"soort":       "termijn_soort (soort=? AND ",
		"aanbieder":   "termijn_aanbieder (aanbieder=? AND afloop=? AND ",
		"behandelaar": "termijn_behandelaar (behandelaar=? AND ",
		"antwoord":    "termijn_aanbieder (aanbieder=? AND afloop=? AND ",
	} {
		steps := plan(t, db, sqlite.Queries()["termijnen "+name].SQL)
		require.True(t, strings.HasPrefix(steps[0], "SEARCH t USING INDEX "+want) && strings.Contains(steps[0], "(eind,melding,nr)>(?,?,?)"), steps)
		lookUp := "SEARCH melding USING INDEX sqlite_autoindex_melding_1 (id=?)"
		require.Equal(t, []string{"CORRELATED SCALAR SUBQUERY 2", lookUp, "CORRELATED SCALAR SUBQUERY 1", lookUp}, steps[1:])
	}
	for _, name := range []string{"aanbieder", "behandelaar"} {
		require.Contains(t, plan(t, db, sqlite.Queries()["tel termijnen "+name].SQL)[0], "USING COVERING INDEX termijn_"+name)
	}
	require.Equal(t, []string{
		"SEARCH m USING INDEX melding_wijziging (gewijzigd_op>?)", "SEARCH t USING PRIMARY KEY (melding=?)",
	}, plan(t, db, sqlite.Queries()["gewijzigdeTermijnen"].SQL))
	require.Contains(t, plan(t, db, sqlite.Queries()["stiptheid"].SQL)[0], "USING COVERING INDEX termijn_aanbieder (aanbieder>?)")
	require.Contains(t, plan(t, db, sqlite.Queries()["stiptheid van een"].SQL)[0], "USING COVERING INDEX termijn_aanbieder (aanbieder=?)")
}
