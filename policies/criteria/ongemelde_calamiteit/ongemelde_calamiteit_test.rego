package criteria.ongemelde_calamiteit_test

import data.criteria.ongemelde_calamiteit
import data.lib.testinvoer

test_ja_ernstig_en_niet_gemeld if {
	ongemelde_calamiteit.uitkomst == "ja" with input as testinvoer.met_feiten({"schade": "overleden", "schadeDoorZorg": "ja", "calamiteitGemeld": "nee"})
}

test_ja_mogelijk_door_zorg_en_niet_gemeld if {
	ongemelde_calamiteit.uitkomst == "ja" with input as testinvoer.met_feiten({"schade": "ernstig_psychisch", "schadeDoorZorg": "mogelijk", "calamiteitGemeld": "nee"})
}

test_nee_ernstig_en_gemeld if {
	ongemelde_calamiteit.uitkomst == "nee" with input as testinvoer.met_feiten({"schade": "overleden", "schadeDoorZorg": "ja", "calamiteitGemeld": "ja"})
}

test_onbekend_ernstig_en_onbekend_of_het_gemeld_is if {
	ongemelde_calamiteit.uitkomst == "onbekend" with input as testinvoer.met_feiten({"schade": "overleden", "schadeDoorZorg": "ja", "calamiteitGemeld": "onbekend"})
}

test_nee_geen_schade if {
	ongemelde_calamiteit.uitkomst == "nee" with input as testinvoer.met_feiten({"schade": "geen", "calamiteitGemeld": "nee"})
}

test_nee_lichte_schade_niet_gemeld if {
	ongemelde_calamiteit.uitkomst == "nee" with input as testinvoer.met_feiten({"schade": "licht", "schadeDoorZorg": "ja", "calamiteitGemeld": "nee"})
}

test_onbekend_oorzaak_onbekend_en_niet_gemeld if {
	ongemelde_calamiteit.uitkomst == "onbekend" with input as testinvoer.met_feiten({"schade": "overleden", "schadeDoorZorg": "onbekend", "calamiteitGemeld": "nee"})
}

test_onbekend_oorzaak_onbekend_en_gemeld if {
	ongemelde_calamiteit.uitkomst == "onbekend" with input as testinvoer.met_feiten({"schade": "overleden", "schadeDoorZorg": "onbekend", "calamiteitGemeld": "ja"})
}

test_onbekend_bij_null if {
	ongemelde_calamiteit.uitkomst == "onbekend" with input as testinvoer.met_feiten({"schade": "overleden", "schadeDoorZorg": "ja", "calamiteitGemeld": null})
}

test_onbekend_zonder_feiten if {
	ongemelde_calamiteit.uitkomst == "onbekend" with input as testinvoer.zonder("melding/feiten")
}
