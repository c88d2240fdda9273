package storetest

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
)

// berichtCases are about what users and other systems are told.
func berichtCases() map[string]testCase {
	return map[string]testCase{
		"of nothing there are no messages":                              noBerichten,
		"every field of a message comes back":                           everyBerichtField,
		"messages are kept with a melding that is new":                  berichtenWithNew,
		"messages are kept with a replacement, and not with a refused":  berichtenWithReplacement,
		"a message of which the id is there is left as it is":           berichtAgain,
		"messages of a user come newest first, page by page":            berichtPages,
		"pages of messages neither skip nor repeat while some are made": berichtPagesWhileMade,
		"a key of no list of messages is refused":                       berichtCursors,
		"the first time that a user read a message stays":               berichtRead,
		"a message is found by its id, as it was made first":            berichtByID,
		"a message of another is not there":                             berichtOfAnother,
		"what waits to be sent comes by kind, longest first":            teVersturen,
		"how a message stands changes from the state that was seen":     postChanges,
		"of many that claim a message at once one gets it":              postManyAtOnce,
		"nothing is noted of a message under a lead that does not hold": postUnderLead,
		"messages are counted by how they stand":                        postCounted,
	}
}

// Bericht is message n, to the user gebruiker; without one it is an event. A
// message of a higher n is newer.
func Bericht(n int, gebruiker string) domain.Bericht {
	m := Melding(1)
	return domain.Bericht{
		ID: fmt.Sprintf("b%04d", n), Soort: domain.BerichtHerinnering, Gebruiker: gebruiker, MeldingID: m.ID, Kenmerk: m.Kenmerk,
		Termijn: "reactie_aanbieder", Grond: domain.GrondKlacht, Einddatum: m.Dag.AddDays(n), Dagen: -7,
		Op:   m.OntvangenOp.Add(time.Duration(n) * time.Minute),
		Post: domain.Post{Stand: domain.PostWacht, Volgende: m.OntvangenOp.Add(time.Duration(n) * time.Minute)},
	}
}

// keepBerichten keeps messages with a melding of their own.
func keepBerichten(t *testing.T, s store.Store, melding int, list ...domain.Bericht) {
	t.Helper()
	_, err := s.BewaarMelding(t.Context(), Melding(melding), store.Bij{Berichten: list})
	require.NoError(t, err)
}

// berichtPagina reads all messages of a user page by page, with between after each.
func berichtPaginas(t *testing.T, s store.Store, q domain.BerichtVraag, between func()) []domain.Bericht {
	t.Helper()
	return bladzijden(t, q.Aantal, func(na string) ([]domain.Bericht, string, error) {
		q.Na = na
		page, err := s.Berichten(t.Context(), q)
		return page.Berichten, page.Volgende, err
	}, between)
}

// requireBerichten requires that the messages of a user are these, in any order.
func requireBerichten(t *testing.T, s store.Store, gebruiker string, want ...domain.Bericht) {
	t.Helper()
	page, err := s.Berichten(t.Context(), domain.BerichtVraag{Gebruiker: gebruiker, Aantal: 200})
	require.NoError(t, err)
	require.ElementsMatch(t, want, page.Berichten)
}

// requireEvents requires that these are the events that wait, of all kinds.
func requireEvents(t *testing.T, s store.Store, want ...domain.Bericht) {
	t.Helper()
	var all []domain.Bericht
	for _, soort := range domain.BerichtSoorten() {
		list, err := s.TeVersturen(t.Context(), soort, true, Melding(1).OntvangenOp.AddDate(9, 0, 0), 200)
		require.NoError(t, err)
		all = append(all, list...)
	}
	require.ElementsMatch(t, want, all)
}

func noBerichten(t *testing.T, at Stores) {
	s := at.Open(t)
	keepMelding(t, s, Melding(1))
	for _, unread := range []bool{false, true} {
		page, err := s.Berichten(t.Context(), domain.BerichtVraag{Gebruiker: "u1", Ongelezen: unread, Aantal: 5})
		require.NoError(t, err)
		require.Empty(t, page)
	}
	requireEvents(t, s)
	counted, err := s.TelPost(t.Context())
	require.NoError(t, err)
	require.Empty(t, counted)
	_, err = s.LeesBericht(t.Context(), "u1", "b0001", time.UnixMilli(1_795_000_000_000))
	requireRefusal(t, err, domain.NotFound, "fout.bericht_onbekend")
	requireRefusal(t, s.ZetPost(t.Context(), "b0001", 0, domain.Post{Stand: domain.PostVerzonden}, nil), domain.NotFound, "fout.bericht_onbekend")
}

func everyBerichtField(t *testing.T, at Stores) {
	s := at.Open(t)
	var full domain.Bericht
	f := filler{text: numbered, each: 2}
	f.fill(reflect.ValueOf(&full).Elem())
	empty := domain.Bericht{ID: "leeg", Gebruiker: full.Gebruiker, Op: time.UnixMilli(0).UTC()}
	odd := full
	odd.ID, odd.Kenmerk, odd.Grond, odd.Namens = "vreemd\x00", "caf\u00e9 <b>&\u2028\x00", "\U0001f9d3", "\"'\\"
	odd.Op = time.Date(1969, 12, 31, 23, 59, 59, 999_900_000, time.FixedZone("ver weg", 20700))
	keepBerichten(t, s, 1, full, empty, odd)
	odd.Op = odd.Op.Truncate(time.Millisecond).UTC()
	for range 2 {
		requireBerichten(t, s, full.Gebruiker, full, empty, odd)
		s = at.Reopen(t, s)
	}
}

func berichtenWithNew(t *testing.T, at Stores) {
	s := at.Open(t)
	one, two, event := Bericht(1, "u1"), Bericht(2, "u2"), Bericht(3, "")
	keepBerichten(t, s, 1, one, two, event)
	check := func() {
		t.Helper()
		requireBerichten(t, s, "u1", one)
		requireBerichten(t, s, "u2", two)
		requireBerichten(t, s, "u3")
		requireBerichten(t, s, "")
		requireEvents(t, s, event)
		requireMelding(t, s, Melding(1))
	}
	check()
	same := Melding(2)
	same.ID = Melding(1).ID
	_, err := s.BewaarMelding(t.Context(), same, store.Bij{Berichten: []domain.Bericht{Bericht(4, "u1"), Bericht(5, "")}})
	requireRefusal(t, err, domain.Conflict, "fout.melding_bestaat")
	check()
	s = at.Reopen(t, s)
	check()
}

func berichtenWithReplacement(t *testing.T, at Stores) {
	s := at.Open(t)
	m := Melding(1)
	keepMelding(t, s, m)
	replace := func(rev int64, n int, bij store.Bij) error {
		m.Rev = rev
		bij.Berichten = []domain.Bericht{Bericht(n, "u1")}
		return s.VervangMelding(t.Context(), m, bij)
	}
	require.NoError(t, replace(1, 1, store.Bij{}))
	requireRefusal(t, replace(1, 2, store.Bij{}), domain.Stale, "fout.verouderd")
	lead := store.Leiding{Naam: "taken", Houder: "a", Nr: 1}
	requireRefusal(t, replace(2, 3, store.Bij{Leiding: &lead}), domain.Stale, "fout.leiding_voorbij")
	lead = take(t, s, "a", longLead)
	require.NoError(t, replace(2, 4, store.Bij{Leiding: &lead}))
	m.ID = "niet"
	requireRefusal(t, replace(2, 5, store.Bij{}), domain.NotFound, "fout.melding_onbekend")
	requireBerichten(t, s, "u1", Bericht(1, "u1"), Bericht(4, "u1"))
	requireBerichten(t, at.Reopen(t, s), "u1", Bericht(1, "u1"), Bericht(4, "u1"))
}

func berichtAgain(t *testing.T, at Stores) {
	s := at.Open(t)
	m, first := Melding(1), Bericht(1, "u1")
	keepBerichten(t, s, 1, first)
	sent := domain.Post{Stand: domain.PostVerzonden, Pogingen: 1, VerzondenOp: first.Op.Add(time.Minute)}
	require.NoError(t, s.ZetPost(t.Context(), first.ID, 0, sent, nil))
	read, err := s.LeesBericht(t.Context(), "u1", first.ID, first.Op.Add(time.Hour))
	require.NoError(t, err)
	again := first
	again.Dagen, again.Kenmerk = 99, "anders"
	require.NoError(t, s.VervangMelding(t.Context(), m, store.Bij{Berichten: []domain.Bericht{again, Bericht(2, "u1"), Bericht(2, "u1")}}))
	requireBerichten(t, s, "u1", read, Bericht(2, "u1"))
	require.Equal(t, sent, read.Post)
	counted, err := s.TelPost(t.Context())
	require.NoError(t, err)
	require.Equal(t, map[domain.PostStand]int{domain.PostVerzonden: 1, domain.PostWacht: 1}, counted)
}

// anyBerichten are messages to some users and events, of which many are of the same
// moment.
func anyBerichten(r *rand.Rand, n int) []domain.Bericht {
	var all []domain.Bericht
	for i := range n {
		b := Bericht(i, pick(r, "u1", "u1", "u2", ""))
		b.ID = fmt.Sprintf("%08x", r.Uint32())
		b.Soort = pick(r, domain.BerichtSoorten()...)
		b.Op = Melding(1).OntvangenOp.Add(time.Duration(r.IntN(20)) * time.Second)
		b.Post = domain.Post{Stand: pick(r, domain.PostStanden()...), Pogingen: r.IntN(3), Volgende: b.Op.Add(time.Duration(r.IntN(5)) * time.Second)}
		if r.IntN(3) == 0 {
			b.GelezenOp = b.Op.Add(time.Hour)
		}
		all = append(all, b)
	}
	return all
}

func newestFirst(a, b domain.Bericht) int {
	return -cmp.Or(a.Op.Compare(b.Op), cmp.Compare(a.ID, b.ID))
}

// wantedBerichten is what q asks for of all, without pages.
func wantedBerichten(all []domain.Bericht, q domain.BerichtVraag) (list []domain.Bericht, unread int) {
	for _, b := range all {
		if b.Gebruiker != q.Gebruiker || q.Gebruiker == "" {
			continue
		}
		if b.GelezenOp.IsZero() {
			unread++
		} else if q.Ongelezen {
			continue
		}
		if !q.GewijzigdNa.IsZero() && !b.Op.After(q.GewijzigdNa) && !b.GelezenOp.After(q.GewijzigdNa) {
			continue
		}
		list = append(list, b)
	}
	slices.SortFunc(list, newestFirst)
	return list, unread
}

func berichtPages(t *testing.T, at Stores) {
	s, r := at.Open(t), rand.New(rand.NewPCG(5, 1))
	all := anyBerichten(r, 120)
	for i, part := range slices.Collect(slices.Chunk(all, 30)) {
		keepBerichten(t, s, i, part...)
	}
	for _, q := range []domain.BerichtVraag{
		{Gebruiker: "u1"},
		{Gebruiker: "u1", Ongelezen: true},
		{Gebruiker: "u2"},
		{Gebruiker: "u2", Ongelezen: true},
		{Gebruiker: "u3"},
		{Gebruiker: ""},
		{Gebruiker: "u1", GewijzigdNa: all[0].Op},
		{Gebruiker: "u1", GewijzigdNa: all[0].Op.Add(time.Hour), Ongelezen: true},
		{Gebruiker: "u2", GewijzigdNa: all[1].Op.Add(-time.Hour)},
		{Gebruiker: "u2", GewijzigdNa: all[1].Op.AddDate(9, 0, 0)},
	} {
		want, unread := wantedBerichten(all, q)
		for _, n := range []int{1, 7, 200} {
			q.Aantal = n
			require.Equal(t, want, berichtPaginas(t, s, q, func() {}), "%+v", q)
			page, err := s.Berichten(t.Context(), q)
			require.NoError(t, err)
			require.Equal(t, unread, page.Ongelezen, "%+v", q)
		}
	}
}

func berichtPagesWhileMade(t *testing.T, at Stores) {
	s, r := at.Open(t), rand.New(rand.NewPCG(6, 1))
	all := anyBerichten(r, 60)
	keepBerichten(t, s, 1, all...)
	want, _ := wantedBerichten(all, domain.BerichtVraag{Gebruiker: "u1"})
	made := 1
	seen := map[string]int{}
	for _, b := range berichtPaginas(t, s, domain.BerichtVraag{Gebruiker: "u1", Aantal: 4}, func() {
		made++
		keepBerichten(t, s, made, anyBerichten(r, 3)...)
	}) {
		seen[b.ID]++
	}
	for _, b := range want {
		require.Equal(t, 1, seen[b.ID], b.ID)
	}
}

func berichtCursors(t *testing.T, at Stores) {
	s := at.Open(t)
	keepBerichten(t, s, 1, Bericht(1, "u1"), Bericht(2, "u1"))
	page, err := s.Berichten(t.Context(), domain.BerichtVraag{Gebruiker: "u1", Aantal: 1})
	require.NoError(t, err)
	for _, key := range garbage(page.Volgende) {
		_, err := s.Berichten(t.Context(), domain.BerichtVraag{Gebruiker: "u1", Na: key, Aantal: 1})
		requireRefusedCursor(t, err)
	}
}

func berichtRead(t *testing.T, at Stores) {
	s := at.Open(t)
	b := Bericht(1, "u1")
	keepBerichten(t, s, 1, b, Bericht(2, "u1"))
	first := b.Op.Add(time.Minute)
	for _, moment := range []time.Time{first, first.Add(time.Hour), b.Op} {
		got, err := s.LeesBericht(t.Context(), "u1", b.ID, moment)
		require.NoError(t, err)
		b.GelezenOp = first
		require.Equal(t, b, got)
		page, err := s.Berichten(t.Context(), domain.BerichtVraag{Gebruiker: "u1", Aantal: 9})
		require.NoError(t, err)
		require.Equal(t, 1, page.Ongelezen)
	}
	requireBerichten(t, at.Reopen(t, s), "u1", b, Bericht(2, "u1"))
}

func berichtByID(t *testing.T, at Stores) {
	s := at.Open(t)
	many := Bericht(1, "u1")
	many.Soort, many.Advies, many.Ronde, many.Aantal, many.Beleid, many.Over, many.Sinds = domain.BerichtAlarm, domain.Beoordelen, 2, 37, 4, "bWFhbmQx eHh4eHh4", many.Op.Add(-time.Hour)
	event := Bericht(2, "")
	keepBerichten(t, s, 1, many, event)
	again := many
	again.Aantal, again.Op = 12, many.Op.Add(time.Minute)
	keepBerichten(t, s, 2, again) // with another melding: the one that is there stays
	for _, want := range []domain.Bericht{many, event} {
		got, err := s.Bericht(t.Context(), want.ID)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	requireBerichten(t, s, "u1", many)
	_, err := s.Bericht(t.Context(), "weg")
	requireRefusal(t, err, domain.NotFound, "fout.bericht_onbekend")
}

func berichtOfAnother(t *testing.T, at Stores) {
	s := at.Open(t)
	keepBerichten(t, s, 1, Bericht(1, "u1"), Bericht(2, ""))
	for _, c := range [][2]string{{"u2", "b0001"}, {"", "b0001"}, {"", "b0002"}, {"u1", "b0002"}, {"u1", "b0003"}, {"U1", "b0001"}} {
		_, err := s.LeesBericht(t.Context(), c[0], c[1], Bericht(9, "").Op)
		requireRefusal(t, err, domain.NotFound, "fout.bericht_onbekend")
	}
	requireBerichten(t, s, "u1", Bericht(1, "u1"))
	requireEvents(t, s, Bericht(2, ""))
}
