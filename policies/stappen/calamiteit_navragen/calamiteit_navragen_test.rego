package stappen.calamiteit_navragen_test

import data.lib.testinvoer
import data.stappen.calamiteit_navragen

test_ja_niet_gemeld if {
	calamiteit_navragen.geldt with input as testinvoer.met_feiten({"schade": "overleden", "schadeDoorZorg": "ja", "calamiteitGemeld": "nee"})
}

test_ja_onbekend_of_het_gemeld_is if {
	calamiteit_navragen.geldt with input as testinvoer.met_feiten({"schade": "overleden", "schadeDoorZorg": "ja", "calamiteitGemeld": "onbekend"})
}

test_nee_gemeld if {
	not calamiteit_navragen.geldt with input as testinvoer.met_feiten({"schade": "overleden", "schadeDoorZorg": "ja", "calamiteitGemeld": "ja"})
}

test_nee_geen_ernstig_gevolg if {
	not calamiteit_navragen.geldt with input as testinvoer.met_feiten({"calamiteitGemeld": "nee"})
}

test_nee_oorzaak_onbekend if {
	not calamiteit_navragen.geldt with input as testinvoer.met_feiten({"schade": "overleden", "schadeDoorZorg": "onbekend", "calamiteitGemeld": "nee"})
}
