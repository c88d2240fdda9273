package term_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

// steps writes an explanation as dates with the last part of the key.
func steps(u term.Uitkomst) []string {
	const prefix = len("term.")
	var out []string
	for _, s := range u.Verklaring {
		out = append(out, s.Datum.String()+" "+s.Reden.Key[prefix:])
	}
	return out
}

func TestExplanationTellsEveryStepInOrder(t *testing.T) {
	on := func(s string) term.Date { return day(t, s) }
	tests := map[string]struct {
		ask  term.Berekening
		want []string
	}{
		"an ordinary end": {
			term.Berekening{Soort: "reactie_aanbieder", Start: on("2025-06-02")},
			[]string{"2025-06-02 stap.start", "2025-07-14 stap.telling.weken", "2025-07-14 stap.einde"},
		},
		"five skipped days": {
			term.Berekening{Soort: "reactie_aanbieder", Start: on("2027-03-24")},
			[]string{
				"2027-03-24 stap.start", "2027-05-05 stap.telling.weken",
				"2027-05-05 stap.vrije_dag", "2027-05-06 stap.vrije_dag", "2027-05-07 stap.vrije_dag",
				"2027-05-08 stap.vrije_dag", "2027-05-09 stap.vrije_dag",
				"2027-05-10 stap.verschoven", "2027-05-10 stap.einde",
			},
		},
		"an extension in time": {
			term.Berekening{Soort: "besluit_onderzoek", Start: on("2026-03-16"), VerlengdOp: on("2026-04-10")},
			[]string{
				"2026-03-16 stap.start", "2026-04-10 verlenging.op_tijd",
				"2026-04-13 stap.telling.weken", "2026-04-13 stap.einde_zonder_verlenging",
				"2026-04-27 stap.telling.weken", "2026-04-27 stap.vrije_dag",
				"2026-04-28 stap.verschoven", "2026-04-28 stap.einde",
			},
		},
		"an extension on the moved end": {
			term.Berekening{Soort: "reactie_aanbieder", Start: on("2026-03-16"), VerlengdOp: on("2026-04-28")},
			[]string{
				"2026-03-16 stap.start", "2026-04-27 stap.telling.weken", "2026-04-27 stap.vrije_dag",
				"2026-04-28 stap.verschoven", "2026-04-28 stap.einde_zonder_verlenging",
				"2026-04-28 verlenging.op_tijd", "2026-05-25 stap.telling.weken", "2026-05-25 stap.vrije_dag",
				"2026-05-26 stap.verschoven", "2026-05-26 stap.einde",
			},
		},
		"an extension that is too late": {
			term.Berekening{Soort: "reactie_aanbieder", Start: on("2025-06-02"), VerlengdOp: on("2025-07-20")},
			[]string{
				"2025-06-02 stap.start", "2025-07-14 stap.telling.weken",
				"2025-07-14 verlenging.te_laat", "2025-07-14 stap.einde",
			},
		},
		"an agreement": {
			term.Berekening{
				Soort: "reactie_aanbieder", Start: on("2025-06-02"), VerlengdOp: on("2025-07-01"),
				NadereTermijn: &term.NadereTermijn{Tot: on("2025-09-06"), AkkoordOp: on("2025-08-01")},
			},
			[]string{
				"2025-06-02 stap.start", "2025-07-01 verlenging.op_tijd", "2025-07-14 stap.telling.weken",
				"2025-07-14 stap.einde_zonder_verlenging", "2025-08-01 stap.akkoord", "2025-08-11 stap.telling.weken",
				"2025-08-11 stap.einde_zonder_afspraak", "2025-09-06 stap.einde_afspraak",
			},
		},
		"months that the act does not move": {
			term.Berekening{Soort: "kennisverzameling", Start: on("2025-08-25")},
			[]string{
				"2025-08-25 stap.start", "2025-12-25 stap.telling.maanden", "2025-12-25 stap.vast", "2025-12-25 stap.einde",
			},
		},
		"a shorter month, extended to one that is shorter too": {
			term.Berekening{Soort: "kennisverzameling", Start: on("2025-10-31"), VerlengdOp: on("2026-01-05")},
			[]string{
				"2025-10-31 stap.start", "2026-01-05 verlenging.op_tijd", "2026-02-28 stap.telling.maanden",
				"2026-02-28 stap.kortere_maand", "2026-02-28 stap.vast", "2026-02-28 stap.einde_zonder_verlenging",
				"2026-06-30 stap.telling.maanden", "2026-06-30 stap.kortere_maand", "2026-06-30 stap.vast",
				"2026-06-30 stap.einde",
			},
		},
		"one month": {
			term.Berekening{Soort: "reactie_oordeel_jeugd", Start: on("2026-03-27")},
			[]string{
				"2026-03-27 stap.start", "2026-04-27 stap.telling.maanden_een", "2026-04-27 stap.vrije_dag",
				"2026-04-28 stap.verschoven", "2026-04-28 stap.einde",
			},
		},
		"working days over Easter": {
			term.Berekening{Soort: "terugbellen_lmz", Start: on("2026-04-02")},
			[]string{
				"2026-04-02 stap.start", "2026-04-03 stap.geen_werkdag", "2026-04-04 stap.geen_werkdag",
				"2026-04-05 stap.geen_werkdag", "2026-04-06 stap.geen_werkdag", "2026-04-07 stap.werkdag",
				"2026-04-08 stap.werkdag", "2026-04-09 stap.werkdag", "2026-04-10 stap.werkdag",
				"2026-04-11 stap.geen_werkdag", "2026-04-12 stap.geen_werkdag", "2026-04-13 stap.werkdag",
				"2026-04-13 stap.telling.werkdagen", "2026-04-13 stap.einde",
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			test.ask.Peildatum = test.ask.Start
			assert.Equal(t, test.want, steps(answer(t, test.ask)))
		})
	}
}

func TestExplanationNamesTheSkippedDayWithItsSource(t *testing.T) {
	start := day(t, "2025-03-07")
	u := answer(t, term.Berekening{Soort: "reactie_aanbieder", Start: start, Peildatum: start})
	require.Len(t, u.Verklaring, 8)
	for i, want := range map[int]string{
		2: "Goede Vrijdag" + secondParagraph, 3: saturday, 4: sunday, 5: "Tweede Paasdag" + firstParagraph,
	} {
		assert.Equal(t, []any{u.Verklaring[i].Datum, want}, u.Verklaring[i].Reden.Args)
	}
}

func TestWorkingDaysAreNumbered(t *testing.T) {
	start := day(t, "2026-06-05")
	u := answer(t, term.Berekening{Soort: "terugbellen_lmz", Start: start, Peildatum: start})
	number := 0
	for _, s := range u.Verklaring {
		if s.Reden.Key == "term.stap.werkdag" {
			number++
			assert.Equal(t, []any{number, 5, s.Datum}, s.Reden.Args)
		}
	}
	assert.Equal(t, 5, number)
}

func TestAnExtendedTermInWorkingDaysTellsEachDayOnce(t *testing.T) {
	data := changed(t, shippedData(t), "soorten.json",
		`"lengte": {"aantal": 5, "eenheid": "werkdagen"},`,
		`"lengte": {"aantal": 1, "eenheid": "werkdagen"}, "verlenging": {"aantal": 2, "eenheid": "werkdagen"},`)
	k, err := term.LoadFrom(data)
	require.NoError(t, err)
	start := day(t, "2026-06-04")
	u, faults := k.Bereken(term.Berekening{
		Soort: "terugbellen_lmz", Start: start, Peildatum: start, VerlengdOp: day(t, "2026-06-05"),
	})
	require.Empty(t, faults)
	assert.Equal(t, "2026-06-09", u.Einddatum.String())
	assert.Equal(t, []string{
		"2026-06-04 stap.start", "2026-06-05 stap.werkdag", "2026-06-05 stap.telling.werkdagen_een",
		"2026-06-05 stap.einde_zonder_verlenging", "2026-06-05 verlenging.op_tijd",
		"2026-06-06 stap.geen_werkdag", "2026-06-07 stap.geen_werkdag", "2026-06-08 stap.werkdag",
		"2026-06-09 stap.werkdag", "2026-06-09 stap.telling.werkdagen", "2026-06-09 stap.einde",
	}, steps(u))
}

func TestTheReasonOfAnExtensionNamesTheEndItWasMeasuredAgainst(t *testing.T) {
	start := day(t, "2026-03-16")
	end := day(t, "2026-04-28")
	for on, want := range map[string]string{
		"2026-04-28": "term.verlenging.op_tijd", "2026-04-29": "term.verlenging.te_laat",
	} {
		u := answer(t, term.Berekening{
			Soort: "reactie_aanbieder", Start: start, Peildatum: start, VerlengdOp: day(t, on),
		})
		assert.Equal(t, term.Sentence{Key: want, Args: []any{day(t, on), end}}, u.Verlenging.Reden)
	}
}

func TestWarningsSayWhatToLookAt(t *testing.T) {
	u := answer(t, term.Berekening{
		Soort: "reactie_aanbieder", Start: day(t, "2028-11-01"), Peildatum: day(t, "2028-12-20"),
		NadereTermijn: &term.NadereTermijn{Tot: day(t, "2029-01-15"), AkkoordOp: day(t, "2028-12-20")},
	})
	assert.Equal(t, []term.Sentence{
		{Key: "term.waarschuwing.akkoord_na_einde", Args: []any{day(t, "2028-12-20"), day(t, "2028-12-13")}},
		{Key: "term.waarschuwing.jaar_onbekend", Args: []any{2024, 2028}},
	}, u.Waarschuwingen)
}
