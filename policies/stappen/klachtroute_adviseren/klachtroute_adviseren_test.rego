package stappen.klachtroute_adviseren_test

import data.lib.testinvoer
import data.stappen.klachtroute_adviseren

test_ja_klacht_nog_niet_bij_de_aanbieder if {
	klachtroute_adviseren.geldt with input as testinvoer.basis
}

test_ja_jeugdwet if {
	klachtroute_adviseren.geldt with input as testinvoer.met_melding({"regime": "jeugdwet"})
}

test_nee_regime_overig if {
	not klachtroute_adviseren.geldt with input as testinvoer.met_melding({"regime": "overig"})
}

test_nee_vraag if {
	not klachtroute_adviseren.geldt with input as testinvoer.met_melding({"soort": "vraag"})
}

test_nee_andere_melding if {
	not klachtroute_adviseren.geldt with input as testinvoer.met_melding({"soort": "andere_melding"})
}

test_nee_klacht_ligt_al_bij_de_aanbieder if {
	not klachtroute_adviseren.geldt with input as testinvoer.met_melding({"klachtBijAanbieder": {"ingediendOp": "2026-10-05", "antwoordVoldoende": "onbekend"}})
}
