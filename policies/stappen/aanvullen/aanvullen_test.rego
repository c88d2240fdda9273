package stappen.aanvullen_test

import data.lib.testinvoer
import data.stappen.aanvullen

test_nee_alles_bekend if {
	not aanvullen.geldt with input as testinvoer.basis
}

test_ja_bedreiging_onbekend if {
	aanvullen.geldt with input as testinvoer.met_feiten({"bedreiging": "onbekend"})
}

test_ja_schade_onbekend if {
	aanvullen.geldt with input as testinvoer.met_feiten({"schade": "onbekend", "schadeDoorZorg": "onbekend"})
}

test_ja_geweld_onbekend if {
	aanvullen.geldt with input as testinvoer.met_feiten({"geweld": "onbekend"})
}

test_ja_spoed_onbekend if {
	aanvullen.geldt with input as testinvoer.met_feiten({"directeMaatregelen": "onbekend"})
}

test_ja_datum_onbekend if {
	aanvullen.geldt with input as testinvoer.zonder("afgeleid/jarenVerstreken")
}

test_nee_volledig_anoniem if {
	not aanvullen.geldt with input as testinvoer.met({"melding": {"anonimiteit": "volledig", "feiten": {"bedreiging": "onbekend"}}})
}

test_ja_anoniem_tegenover_aanbieder if {
	aanvullen.geldt with input as testinvoer.met({"melding": {"anonimiteit": "tegenover_aanbieder", "feiten": {"bedreiging": "onbekend"}}})
}

test_nee_alleen_signaalcijfers_onbekend if {
	not aanvullen.geldt with input as testinvoer.zonder("aanbieder")
}

test_nee_alleen_melding_van_calamiteit_onbekend if {
	not aanvullen.geldt with input as testinvoer.met_feiten({"schade": "overleden", "schadeDoorZorg": "ja", "calamiteitGemeld": "onbekend"})
}
