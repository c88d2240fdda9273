# METADATA
# title: Testinvoer
# description: Een volledige vraag waar de tests van criteria en stappen van uitgaan.
package lib.testinvoer

# METADATA
# title: Basis
# description: Een klacht van vandaag waarop elk feit bekend is en niets aan de hand is.
basis := {
	"peildatum": "2026-11-20",
	"melding": {
		"soort": "klacht",
		"ontvangstdatum": "2026-11-20",
		"regime": "wkkgz",
		"sector": "overig",
		"hoedanigheid": "client",
		"anonimiteit": "geen",
		"gebeurtenis": {"van": "2026-10-01", "tot": "2026-10-01", "voortdurend": false},
		"feiten": {
			"bedreiging": "nee",
			"bedreigingActueel": "nee",
			"schade": "geen",
			"schadeDoorZorg": "nee",
			"geweld": "nee",
			"directeMaatregelen": "nee",
			"calamiteitGemeld": "onbekend",
			"belangGoedeZorg": "nee",
			"noodzaakOndanksOuderdom": "nee",
			"eerderOnderzocht": "nee",
			"klachtplichtGebreken": [],
		},
		"toestemming": {"inspecteur": "niet_gevraagd", "aanbieder": "niet_gevraagd"},
	},
	"aanbieder": {"id": "aanbieder-1", "signalen": {
		"aantal30": 0,
		"aantal90": 1,
		"aantal365": 3,
		"aantalVorigJaar": 4,
		"ernstig365": 0,
		"overschrijdingskans": 0.63,
	}},
	"afgeleid": {"jarenVerstreken": 0},
}

# METADATA
# title: Met
# description: De basis met andere waarden.
met(anders) := object.union(basis, anders)

# METADATA
# title: Met feiten
# description: De basis met andere feiten.
met_feiten(feiten) := met({"melding": {"feiten": feiten}})

# METADATA
# title: Met melding
# description: De basis met andere velden van de melding.
met_melding(velden) := met({"melding": velden})

# METADATA
# title: Met signalen
# description: De basis met andere signaalcijfers.
met_signalen(cijfers) := met({"aanbieder": {"signalen": cijfers}})

# METADATA
# title: Zonder
# description: De basis zonder het veld op dit pad.
zonder(pad) := json.remove(basis, [pad])

test_basis_is_compleet if {
	basis.melding.soort == "klacht"
	basis.afgeleid.jarenVerstreken == 0
}

test_met_verandert_alleen_wat_genoemd_is if {
	anders := met_feiten({"geweld": "ja"})
	anders.melding.feiten.geweld == "ja"
	anders.melding.feiten.bedreiging == "nee"
	anders.melding.soort == "klacht"
}

test_zonder_haalt_weg if not zonder("melding/soort").melding.soort
