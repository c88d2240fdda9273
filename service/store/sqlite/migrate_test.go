package sqlite_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/sqlite"
	"zorgmeldingen.nl/lmz-triage/service/store/storetest"
)

// withSteps is the migrations of the package and then these.
func withSteps(t *testing.T, more ...string) fs.FS {
	t.Helper()
	all := fstest.MapFS{}
	names, err := fs.Glob(sqlite.Migrations(), "migrations/*.sql")
	require.NoError(t, err)
	for _, name := range names {
		text, err := fs.ReadFile(sqlite.Migrations(), name)
		require.NoError(t, err)
		all[name] = &fstest.MapFile{Data: text}
	}
	for i, text := range more {
		all["migrations/9"+string(rune('0'+i))+".sql"] = &fstest.MapFile{Data: []byte(text)}
	}
	return all
}

func TestNewFileHasItsMarkAndForm(t *testing.T) {
	db := plain(t, openTemp(t).path)
	var id, version int
	require.NoError(t, db.QueryRow(`PRAGMA application_id`).Scan(&id))
	require.NoError(t, db.QueryRow(`PRAGMA user_version`).Scan(&version))
	names, err := fs.Glob(sqlite.Migrations(), "migrations/*.sql")
	require.NoError(t, err)
	require.Equal(t, sqlite.ApplicationID, id)
	require.Equal(t, len(names), version)
}

func TestOlderFileIsBroughtToTheNewestFormWithAllItHolds(t *testing.T) {
	path := ours(t)
	newer := withSteps(t, `ALTER TABLE advies ADD COLUMN kanaal TEXT;`, `CREATE INDEX advies_kanaal ON advies (kanaal);`)
	for range 2 { // the second time there is nothing left to do
		s, err := sqlite.OpenWith(t.Context(), path, newer)
		require.NoError(t, err)
		require.NoError(t, intact(t.Context(), s, 200))
		require.NoError(t, s.Ping(t.Context()))
		require.NoError(t, s.Close())
	}
	_, err := sqlite.Open(t.Context(), path)
	requireKey(t, "fout.opslag_te_nieuw", err)
}

func TestFailingMigrationLeavesTheFileAsItWas(t *testing.T) {
	path := ours(t)
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	_, err = sqlite.OpenWith(t.Context(), path, withSteps(t, `CREATE TABLE extra (n INTEGER);`, `INSERT INTO er_niet VALUES (1);`))
	storetest.RequireFailure(t, err, domain.Unavailable)
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, before, after)
	require.NoError(t, intact(t.Context(), openPath(t, path).Store, 200))
}

func TestFailingFirstMigrationLeavesAFileThatCanBecomeAStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "opslag.db")
	_, err := sqlite.OpenWith(t.Context(), path, withSteps(t, `nonsense`))
	storetest.RequireFailure(t, err, domain.Unavailable)
	require.NoError(t, openPath(t, path).Ping(t.Context()))
}

// undone takes away what a step made, by its number.
func undone() map[string]string {
	return map[string]string{
		"0006": `DROP TABLE termijn; DROP TABLE termijn_telling`,
		"0007": `DROP TABLE gebruiker; DROP TABLE dienst; DROP INDEX melding_behandelaar_urgentie; DROP INDEX melding_behandelaar_ontvangst;
DROP INDEX melding_behandelaar_wijziging; ALTER TABLE melding DROP COLUMN behandelaar`,
		"0008": `DROP INDEX melding_kalender; ALTER TABLE melding DROP COLUMN kalender; DROP TABLE kalender`,
		"0009": `DROP TABLE bericht; DROP TABLE bericht_telling; DROP TABLE alarm; DROP INDEX melding_herinnering; DROP INDEX melding_alarm;
ALTER TABLE melding DROP COLUMN herinnering; ALTER TABLE melding DROP COLUMN alarm_volgende`,
		"0010": `UPDATE melding SET urgentie = '9' || substr(urgentie, 3) WHERE status = 'afgesloten';
CREATE INDEX melding_urgentie ON melding (urgentie); CREATE INDEX melding_ontvangst ON melding (dag);
CREATE INDEX melding_advies_urgentie ON melding (advies); CREATE INDEX termijn_antwoord ON termijn (aanbieder)`,
		"0011": `DROP INDEX aanbieder_naam; ALTER TABLE aanbieder DROP COLUMN gewijzigd_op; DROP INDEX dienst_tot; ALTER TABLE dienst DROP COLUMN gezet_op;
CREATE INDEX aanbieder_naam ON aanbieder (naamvorm, id, vorm, kvknummer, vestigingsnummer, agbcode);
CREATE INDEX dienst_tot ON dienst (tot, van, volgorde, gebruiker, id)`,
		"0012": `DROP TABLE signaal_jaar; CREATE TABLE signaal_jaar (aanbieder TEXT, jaar INTEGER, dagen TEXT)`,
		"0013": `CREATE INDEX melding_advies_ontvangst ON melding (advies); CREATE INDEX melding_sector_ontvangst ON melding (sector)`,
	}
}

// backBefore brings a file to the form before a step.
func backBefore(t *testing.T, path, step string) {
	t.Helper()
	names, err := fs.Glob(sqlite.Migrations(), "migrations/*.sql")
	require.NoError(t, err)
	db := plain(t, path)
	slices.Reverse(names)
	for i, name := range names {
		number := filepath.Base(name)[:4]
		if number < step {
			_, err := db.Exec(fmt.Sprintf("PRAGMA user_version = %d", len(names)-i))
			require.NoError(t, err)
			return
		}
		require.Contains(t, undone(), number, "say how to undo it")
		_, err := db.Exec(undone()[number])
		require.NoError(t, err)
	}
}

func TestTermsOfAnOlderFileAreFilledIn(t *testing.T) {
	s := openPath(t, filepath.Join(t.TempDir(), "opslag.db"))
	want := storetest.KeepTermijnen(t, s, 51)
	require.NoError(t, s.Close())
	backBefore(t, s.path, "0006")
	storetest.RequireTermijnen(t, openPath(t, s.path), want)
}

func TestRemindersAndAlarmsOfAnOlderFileAreFilledIn(t *testing.T) {
	s := openPath(t, filepath.Join(t.TempDir(), "opslag.db"))
	want := storetest.KeepWachtend(t, s)
	require.NoError(t, s.Close())
	backBefore(t, s.path, "0009")
	storetest.RequireWachtend(t, openPath(t, s.path), want)
}

// Nobody knows when they last changed: who follows them gets them once too often
// rather than never.
func TestProvidersOfAnOlderFileChangedWhenItWasBroughtToThisForm(t *testing.T) {
	s := openPath(t, filepath.Join(t.TempDir(), "opslag.db"))
	kept, err := s.Vestig(t.Context(), storetest.Aanbieder(1))
	require.NoError(t, err)
	turn := storetest.Dienst(1)
	require.NoError(t, s.ZetDienst(t.Context(), turn))
	require.NoError(t, s.Close())
	backBefore(t, s.path, "0011")
	later := openPath(t, s.path)
	page, err := later.Aanbieders(t.Context(), domain.AanbiederVraag{GewijzigdNa: time.UnixMilli(1), Aantal: 5})
	require.NoError(t, err)
	require.Len(t, page.Aanbieders, 1)
	require.NotEqual(t, kept.GewijzigdOp, page.Aanbieders[0].GewijzigdOp)
	kept.GewijzigdOp, turn.GezetOp = page.Aanbieders[0].GewijzigdOp, time.Time{}
	require.Equal(t, kept, page.Aanbieders[0])
	turns, err := later.Diensten(t.Context(), turn.Van, turn.Tot)
	require.NoError(t, err)
	require.Equal(t, []domain.Dienst{turn}, turns)
}

func TestWhoHandlesMeldingenOfAnOlderFileIsFound(t *testing.T) {
	s := openPath(t, filepath.Join(t.TempDir(), "opslag.db"))
	handled := map[string][]domain.Melding{}
	for _, m := range storetest.AnyMeldingen(52, 60) {
		require.NoError(t, storetest.Bewaar(t.Context(), s, m, nil))
		handled[m.Behandelaar] = append(handled[m.Behandelaar], m)
	}
	require.Len(t, handled, 3)
	require.NoError(t, s.Close())
	backBefore(t, s.path, "0007")
	later := openPath(t, s.path)
	for _, who := range []string{"u1", "u2"} {
		page, err := later.Meldingen(t.Context(), domain.MeldingVraag{Behandelaar: who, Volgorde: domain.OpOntvangst, Aantal: 60})
		require.NoError(t, err)
		require.ElementsMatch(t, handled[who], page.Meldingen)
	}
}

func TestMeldingenOfAnOlderFileAreToBeComputedAnew(t *testing.T) {
	s := openPath(t, filepath.Join(t.TempDir(), "opslag.db"))
	want := storetest.KeepOpenTermijnen(t, s, 52)
	require.NoError(t, s.Close())
	backBefore(t, s.path, "0008")
	later := openPath(t, s.path)
	storetest.RequireAchter(t, later, want, 1)
	require.NoError(t, later.BewaarKalender(t.Context(), storetest.Kalender(1)))
}

// What is closed stands by its advice since: its place in the lists is found again.
func TestClosedMeldingenOfAnOlderFileStandByTheirAdvice(t *testing.T) {
	s := openPath(t, filepath.Join(t.TempDir(), "opslag.db"))
	closed := map[domain.Advies]int{}
	for _, m := range storetest.AnyMeldingen(53, 200) {
		require.NoError(t, storetest.Bewaar(t.Context(), s, m, nil))
		if m.Status == domain.StatusAfgesloten {
			closed[m.Advies.Advies]++
		}
	}
	require.Greater(t, len(closed), 3)
	require.NoError(t, s.Close())
	backBefore(t, s.path, "0010")
	later := openPath(t, s.path)
	for advies, n := range closed {
		page, err := later.Meldingen(t.Context(), domain.MeldingVraag{Advies: advies, Status: domain.StatusAfgesloten, Volgorde: domain.OpUrgentie, Aantal: 200})
		require.NoError(t, err)
		require.Len(t, page.Meldingen, n, advies)
	}
	var other int
	require.NoError(t, plain(t, s.path).QueryRow(`SELECT count(*) FROM melding WHERE urgentie NOT LIKE '_ %' AND urgentie NOT LIKE '9_ %'`).Scan(&other))
	require.Zero(t, other)
}
