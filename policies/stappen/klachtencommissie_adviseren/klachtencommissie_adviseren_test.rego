package stappen.klachtencommissie_adviseren_test

import data.lib.testinvoer
import data.stappen.klachtencommissie_adviseren

test_ja_jeugdwet_antwoord_niet_voldoende if {
	klachtencommissie_adviseren.geldt with input as testinvoer.met({"melding": {"klachtBijAanbieder": {"ingediendOp": "2026-10-05", "antwoordVoldoende": "nee", "antwoordOp": "2026-11-01"}, "regime": "jeugdwet"}})
}

test_nee_jeugdwet_antwoord_voldoende if {
	not klachtencommissie_adviseren.geldt with input as testinvoer.met({"melding": {"klachtBijAanbieder": {"ingediendOp": "2026-10-05", "antwoordVoldoende": "ja", "antwoordOp": "2026-11-01"}, "regime": "jeugdwet"}})
}

test_nee_jeugdwet_nog_geen_antwoord if {
	not klachtencommissie_adviseren.geldt with input as testinvoer.met({"melding": {"klachtBijAanbieder": {"ingediendOp": "2026-10-05", "antwoordVoldoende": "onbekend"}, "regime": "jeugdwet"}})
}

test_nee_wkkgz if {
	not klachtencommissie_adviseren.geldt with input as testinvoer.met({"melding": {"klachtBijAanbieder": {"ingediendOp": "2026-10-05", "antwoordVoldoende": "nee", "antwoordOp": "2026-11-01"}}, "afgeleid": {"reactietermijn": {"einddatum": "2026-11-16", "verstreken": false}}})
}

test_nee_geen_klacht if {
	not klachtencommissie_adviseren.geldt with input as testinvoer.met_melding({"regime": "jeugdwet"})
}
