package stappen.termijn_bewaken_test

import data.lib.testinvoer
import data.stappen.termijn_bewaken

test_ja_nog_geen_antwoord_en_niet_verstreken if {
	termijn_bewaken.geldt with input as testinvoer.met({"melding": {"klachtBijAanbieder": {"ingediendOp": "2026-10-05", "antwoordVoldoende": "onbekend"}}, "afgeleid": {"reactietermijn": {"einddatum": "2026-11-16", "verstreken": false}}})
}

test_nee_verstreken if {
	not termijn_bewaken.geldt with input as testinvoer.met({"melding": {"klachtBijAanbieder": {"ingediendOp": "2026-10-05", "antwoordVoldoende": "onbekend"}}, "afgeleid": {"reactietermijn": {"einddatum": "2026-11-16", "verstreken": true}}})
}

test_nee_al_geantwoord if {
	not termijn_bewaken.geldt with input as testinvoer.met({"melding": {"klachtBijAanbieder": {"ingediendOp": "2026-10-05", "antwoordVoldoende": "onbekend", "antwoordOp": "2026-11-01"}}, "afgeleid": {"reactietermijn": {"einddatum": "2026-11-16", "verstreken": false}}})
}

test_nee_geen_klacht_bij_de_aanbieder if {
	not termijn_bewaken.geldt with input as testinvoer.basis
}

test_ja_regime_zonder_die_termijn if {
	termijn_bewaken.geldt with input as testinvoer.met({"melding": {"klachtBijAanbieder": {"ingediendOp": "2026-10-05", "antwoordVoldoende": "onbekend"}, "regime": "jeugdwet"}})
}

test_ja_regime_overig if {
	termijn_bewaken.geldt with input as testinvoer.met({"melding": {"klachtBijAanbieder": {"ingediendOp": "2026-10-05", "antwoordVoldoende": "onbekend"}, "regime": "overig"}})
}
