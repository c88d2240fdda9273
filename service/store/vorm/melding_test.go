package vorm_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

func ref(s string) *string { return &s }

// goldenOpgave has something in every field that there was when the golden
// document was made.
func goldenOpgave() domain.Opgave {
	voortdurend := true
	return domain.Opgave{
		Kanaal: "telefoon", Onderwerp: "onderwerp", Omschrijving: "caf\u00e9 <b>&\u2028", Aard: "aard", Klantkenmerk: "zaak-1",
		Melding: domain.AanvraagMelding{
			Soort: ref("klacht"), Ontvangstdatum: ref("2026-11-20"), Regime: ref("wkkgz"), Sector: ref("ggz"),
			Hoedanigheid: ref("client"), Anonimiteit: ref("geen"),
			Gebeurtenis: &domain.AanvraagGebeurtenis{Van: ref("2026-01"), Tot: ref("2026-02-03"), Voortdurend: &voortdurend},
			Feiten: domain.AanvraagFeiten{
				Bedreiging: ref("f1"), BedreigingActueel: ref("f2"), Schade: ref("f3"), SchadeDoorZorg: ref("f4"), Geweld: ref("f5"),
				DirecteMaatregelen: ref("f6"), CalamiteitGemeld: ref("f7"), BelangGoedeZorg: ref("f8"), NoodzaakOndanksOuderdom: ref("f9"),
				EerderOnderzocht: ref("f10"), AndereProcedure: ref("f11"), KlachtplichtGebreken: []string{"art13", "art23"},
			},
			Toestemming: domain.AanvraagToestemming{Inspecteur: ref("gegeven"), Aanbieder: ref("geweigerd")},
			KlachtBijAanbieder: &domain.AanvraagKlacht{
				IngediendOp: ref("k1"), VerlengdOp: ref("k2"), NadereTermijnTot: ref("k3"), NadereTermijnAkkoordOp: ref("k4"),
				AntwoordOp: ref("k5"), AntwoordVoldoende: ref("k6"),
			},
		},
		Redenen:   map[string]string{"belangGoedeZorg": "omdat"},
		Aanbieder: &domain.AanbiederOpgave{ID: "a1", Naam: "a2", Plaats: "a3", KvkNummer: "a4", Vestigingsnummer: "a5", AgbCode: "a6"},
		Melder:    &domain.Melder{Naam: "m1", EMail: "m2", Telefoon: "m3", Adres: "m4", Geboortedatum: "m5"},
	}
}

func goldenMelding() domain.Melding {
	at := func(ms int64) time.Time { return time.UnixMilli(1_795_000_000_000 + ms).UTC() }
	day := func(d int) term.Date { return term.NewDate(2026, time.November, d) }
	return domain.Melding{
		Versie: 3, OntvangenOp: at(1), GewijzigdOp: at(2), Status: domain.StatusVoorgelegd, Opgave: goldenOpgave(),
		Dag: day(20), Sector: "ggz", AanbiederID: "aanbieder",
		Advies: domain.MeldingAdvies{
			ID: "advies-2", Op: at(3), Aanleiding: domain.BijTermijn, Advies: domain.Escaleren, Peildatum: day(21),
			Criteria: []domain.CriteriumUitkomst{{Code: "spoed", Uitkomst: domain.Ja}}, Stappen: []string{"aanvullen"}, Ernstig: true,
			Signalen: &domain.Signalen{Aantal30: 1, Aantal90: 2, Aantal365: 3, AantalVorigJaar: 4, Ernstig365: 5, Overschrijdingskans: 0.1},
		},
		Eerdere: []domain.MeldingAdvies{{Op: at(4), Advies: domain.Beoordelen, Reden: "tijd", Criteria: []domain.CriteriumUitkomst{}}},
		Termijnen: []domain.MeldingTermijn{{
			Soort: term.ReactieAanbieder, Start: day(1), VerlengdOp: day(2), NadereTermijnTot: day(3), NadereAkkoord: day(4), VoldaanOp: day(5),
			Einddatum: day(6), Aandacht: day(7), Status: term.TeLaatVoldaan, GemeldNadert: day(8), GemeldVerstreken: day(9),
		}},
		Geschiedenis: []domain.Voorval{{
			Nr: 1, Soort: domain.VoorvalGewijzigd, Op: at(5), Door: domain.Actor{ID: "piet", Rol: domain.Medewerker},
			Gegevens: map[string]string{"kanaal": "telefoon"}, Velden: []domain.VeldWijziging{{Veld: "sector", Van: "jeugd", Naar: "ggz"}},
		}},
	}
}

// What stands in files must be read by every later version. When this fails
// because a name changed, give the document a row of its own with the old name;
// do not change the golden document.
func TestMeldingOfAnEarlierVersionIsRead(t *testing.T) {
	golden, err := os.ReadFile("testdata/melding.json")
	require.NoError(t, err)
	var got domain.Melding
	require.NoError(t, vorm.DecodeMelding(golden, &got))
	require.Equal(t, goldenMelding(), got)
}

func TestMeldingIsWrittenInTheFormThatIsRead(t *testing.T) {
	golden, err := os.ReadFile("testdata/melding.json")
	require.NoError(t, err)
	m := goldenMelding()
	text, err := vorm.EncodeMelding(&m)
	require.NoError(t, err)
	var want, got any
	require.NoError(t, json.Unmarshal(golden, &want))
	require.NoError(t, json.Unmarshal([]byte(text), &got))
	requireHolds(t, want, got)
}

// requireHolds requires all of want in got, which may have more names. What is not
// there may be left out.
func requireHolds(t *testing.T, want, got any) {
	t.Helper()
	fields, ok := want.(map[string]any)
	if !ok {
		require.IsType(t, want, got)
		if list, ok := want.([]any); ok {
			require.Len(t, got, len(list))
			for i := range list {
				requireHolds(t, list[i], got.([]any)[i])
			}
			return
		}
		require.Equal(t, want, got)
		return
	}
	for name, value := range fields {
		if _, there := got.(map[string]any)[name]; !there && slices.Contains([]any{nil, "", 0.0, false}, value) {
			continue
		}
		require.Contains(t, got, name)
		requireHolds(t, fields[name], got.(map[string]any)[name])
	}
}

func TestMeldingIsWrittenWithoutWhatIsNotThere(t *testing.T) {
	m := domain.Melding{Versie: 2, Sector: "ggz", Geschiedenis: []domain.Voorval{}, Opgave: domain.Opgave{Kanaal: "brief", Onderwerp: "<a> & \u2028"}}
	text, err := vorm.EncodeMelding(&m)
	require.NoError(t, err)
	require.Contains(t, text, "\"opgave\":{\"Kanaal\":\"brief\",\"Onderwerp\":\"<a> & \u2028\"},")
	for _, name := range []string{"null", "termijnen", "Feiten", "Melder", "behandelaar", "Gegevens"} {
		require.NotContains(t, text, name)
	}
	var got domain.Melding
	require.NoError(t, vorm.DecodeMelding([]byte(text), &got))
	require.Equal(t, []domain.Voorval{}, got.Geschiedenis, "a list that is empty stays one")
	require.Nil(t, got.Termijnen)
	again, err := vorm.EncodeMelding(&got)
	require.NoError(t, err)
	require.Equal(t, text, again)
}
