package storetest

import (
	_ "embed"
	"fmt"
	"time"

	"pgregory.net/rapid"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

//go:embed invoer.json
var invoer []byte

// Entry is entry n of a decision log, of the size and shape of a real one.
func Entry(n int) domain.GegevenAdvies {
	at := time.Date(2026, time.November, 20, 9, 30, 0, 0, time.UTC).Add(time.Duration(n) * time.Millisecond)
	return domain.GegevenAdvies{
		ID:          fmt.Sprintf("%08x-%04x-7000-8000-%012x", uint32(at.UnixMilli()>>16), uint16(at.UnixMilli()), n),
		OpgesteldOp: at,
		Actor:       domain.Actor{ID: "systeem-7", Rol: domain.Systeem},
		Peildatum:   term.NewDate(2026, time.November, 20),
		Invoer:      append([]byte(nil), invoer...),
		Besluit: domain.Besluit{
			Advies: domain.Onderzoeken,
			Criteria: []domain.CriteriumUitkomst{
				{Code: "ernstige_bedreiging", Uitkomst: domain.Ja},
				{Code: "ernstig_schadelijk_gevolg", Uitkomst: domain.Ja},
				{Code: "belang_goede_zorg", Uitkomst: domain.Nee},
				{Code: "klachtplicht_gebrek", Uitkomst: domain.Nee},
				{Code: "geweld_zorgrelatie", Uitkomst: domain.Nee},
				{Code: "spoed", Uitkomst: domain.Onbekend},
				{Code: "signaalvolume", Uitkomst: domain.Nee},
				{Code: "ouder_dan_twee_jaar", Uitkomst: domain.Nee},
				{Code: "eerder_onderzocht", Uitkomst: domain.Nee},
				{Code: "andere_procedure", Uitkomst: domain.Ja},
				{Code: "ongemelde_calamiteit", Uitkomst: domain.Onbekend},
			},
			Stappen: []string{"toestemming_vragen", "calamiteit_navragen", "doorverwijzen", "aanvullen"},
		},
		Beleid: domain.Beleidsversie{
			Versie:      3,
			Digest:      "sha256:7c211433f02071597741e6ff5a8ea34789abbf43c0a7e1a1c3b0e1bd1a0e2f4d",
			GeldigVanaf: time.Date(2026, time.October, 1, 0, 0, 0, 0, time.UTC),
		},
		KalenderDigest: "sha256:b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9",
		Motor:          "opa 1.22.2, wazero 1.12.0",
	}
}

// Entries is entries from up to and including upTo.
func Entries(from, upTo int) []domain.GegevenAdvies {
	var list []domain.GegevenAdvies
	for n := from; n <= upTo; n++ {
		list = append(list, Entry(n))
	}
	return list
}

// Package is a small package with this digest.
func Package(digest string) domain.Beleidspakket {
	return domain.Beleidspakket{
		Digest: digest,
		Bron:   []byte(`{"main/main.rego":"package main\n"}`),
		Catalogus: domain.Catalogus{
			Criteria: []domain.CriteriumTekst{{
				Code: "spoed", Soort: "spoed", Volgorde: 20, Titel: "Spoed", Omschrijving: "Er is nu iets nodig.",
				Bron:   domain.Bron{Titel: "Wkkgz, artikel 25", Verwijzing: "https://wetten.overheid.nl/BWBR0037173"},
				Feiten: []string{"melding.feiten.directeMaatregelen"},
				Zinnen: map[domain.Uitkomst]string{domain.Ja: "Ja.", domain.Nee: "Nee.", domain.Onbekend: "Niet bekend."},
			}},
			Stappen: []domain.StapTekst{{Code: "aanvullen", Volgorde: 140, Titel: "Aanvullen", Toelichting: "Vraag verder."}},
			Vragen:  map[string]string{"melding.feiten.geweld": "Was er geweld?"},
		},
		Wasm:         []byte{0, 'a', 's', 'm', 1, 0, 0, 0},
		Motor:        "opa 1.22.2",
		VastgelegdOp: time.Date(2026, time.November, 1, 12, 0, 0, 5_000_000, time.UTC),
	}
}

// Activation asks for the package digest to be the active one.
func Activation(digest string) domain.Activering {
	return domain.Activering{
		Digest: digest, Door: "beleid-2", Reden: "nieuwe drempels",
		GeldigVanaf: time.Date(2026, time.November, 2, 8, 0, 0, 0, time.UTC),
	}
}

// anyEntry draws an entry that may hold anything the types allow.
func anyEntry(id string) *rapid.Generator[domain.GegevenAdvies] {
	return rapid.Custom(func(t *rapid.T) domain.GegevenAdvies {
		text := func(name string) string { return rapid.String().Draw(t, name) }
		texts := rapid.OneOf(rapid.Just([]string(nil)), rapid.SliceOfN(rapid.String(), 0, 3))
		moment := func(name string) time.Time {
			return time.UnixMilli(rapid.Int64Range(-2_000_000_000_000, 7_000_000_000_000).Draw(t, name)).UTC()
		}
		e := domain.GegevenAdvies{
			ID: id + text("id"), OpgesteldOp: moment("opgesteldOp"),
			Actor:     domain.Actor{ID: text("actor"), Rol: domain.Rol(text("rol"))},
			Peildatum: term.NewDate(rapid.IntRange(1900, 2199).Draw(t, "year"), 1, rapid.IntRange(1, 366).Draw(t, "day")),
			Invoer:    rapid.OneOf(rapid.Just([]byte(nil)), rapid.SliceOf(rapid.Byte())).Draw(t, "invoer"),
			Besluit:   domain.Besluit{Advies: domain.Advies(text("advies")), Stappen: texts.Draw(t, "stappen")},
			Beleid: domain.Beleidsversie{
				Versie: rapid.IntRange(0, 1<<40).Draw(t, "versie"), Digest: text("digest"), GeldigVanaf: moment("geldigVanaf"),
			},
			KalenderDigest: text("kalender"), Motor: text("motor"),
		}
		for range rapid.IntRange(0, 3).Draw(t, "criteria") {
			e.Besluit.Criteria = append(e.Besluit.Criteria,
				domain.CriteriumUitkomst{Code: text("code"), Uitkomst: domain.Uitkomst(text("uitkomst"))})
		}
		if rapid.Bool().Draw(t, "bandbreedte") {
			e.Bandbreedte = &domain.Bandbreedte{
				Laagste: domain.Advies(text("laagste")), Hoogste: domain.Advies(text("hoogste")), Ontbrekend: texts.Draw(t, "ontbrekend"),
			}
		}
		return e
	})
}
