package stappen.geschilleninstantie_adviseren_test

import data.lib.testinvoer
import data.stappen.geschilleninstantie_adviseren

test_ja_verstreken_zonder_antwoord if {
	geschilleninstantie_adviseren.geldt with input as testinvoer.met({"melding": {"klachtBijAanbieder": {"ingediendOp": "2026-10-05", "antwoordVoldoende": "onbekend"}}, "afgeleid": {"reactietermijn": {"einddatum": "2026-11-16", "verstreken": true}}})
}

test_nee_nog_niet_verstreken if {
	not geschilleninstantie_adviseren.geldt with input as testinvoer.met({"melding": {"klachtBijAanbieder": {"ingediendOp": "2026-10-05", "antwoordVoldoende": "onbekend"}}, "afgeleid": {"reactietermijn": {"einddatum": "2026-11-16", "verstreken": false}}})
}

test_ja_antwoord_niet_voldoende if {
	geschilleninstantie_adviseren.geldt with input as testinvoer.met({"melding": {"klachtBijAanbieder": {"ingediendOp": "2026-10-05", "antwoordVoldoende": "nee", "antwoordOp": "2026-11-01"}}, "afgeleid": {"reactietermijn": {"einddatum": "2026-11-16", "verstreken": false}}})
}

test_nee_antwoord_voldoende if {
	not geschilleninstantie_adviseren.geldt with input as testinvoer.met({"melding": {"klachtBijAanbieder": {"ingediendOp": "2026-10-05", "antwoordVoldoende": "ja", "antwoordOp": "2026-11-01"}}, "afgeleid": {"reactietermijn": {"einddatum": "2026-11-16", "verstreken": true}}})
}

test_nee_oordeel_over_antwoord_onbekend if {
	not geschilleninstantie_adviseren.geldt with input as testinvoer.met({"melding": {"klachtBijAanbieder": {"ingediendOp": "2026-10-05", "antwoordVoldoende": "onbekend", "antwoordOp": "2026-11-01"}}, "afgeleid": {"reactietermijn": {"einddatum": "2026-11-16", "verstreken": true}}})
}

test_nee_jeugdwet if {
	not geschilleninstantie_adviseren.geldt with input as testinvoer.met({"melding": {"klachtBijAanbieder": {"ingediendOp": "2026-10-05", "antwoordVoldoende": "nee", "antwoordOp": "2026-11-01"}, "regime": "jeugdwet"}})
}

test_nee_regime_overig if {
	not geschilleninstantie_adviseren.geldt with input as testinvoer.met({"melding": {"klachtBijAanbieder": {"ingediendOp": "2026-10-05", "antwoordVoldoende": "nee", "antwoordOp": "2026-11-01"}, "regime": "overig"}})
}

test_nee_geen_klacht if {
	not geschilleninstantie_adviseren.geldt with input as testinvoer.basis
}
