package criteria.ernstig_schadelijk_gevolg_test

import data.criteria.ernstig_schadelijk_gevolg
import data.lib.testinvoer

test_ja_ernstig_lichamelijk_door_zorg_ja if {
	ernstig_schadelijk_gevolg.uitkomst == "ja" with input as testinvoer.met_feiten({"schade": "ernstig_lichamelijk", "schadeDoorZorg": "ja"})
}

test_ja_ernstig_lichamelijk_door_zorg_mogelijk if {
	ernstig_schadelijk_gevolg.uitkomst == "ja" with input as testinvoer.met_feiten({"schade": "ernstig_lichamelijk", "schadeDoorZorg": "mogelijk"})
}

test_nee_ernstig_lichamelijk_niet_door_zorg if {
	ernstig_schadelijk_gevolg.uitkomst == "nee" with input as testinvoer.met_feiten({"schade": "ernstig_lichamelijk", "schadeDoorZorg": "nee"})
}

test_onbekend_ernstig_lichamelijk_oorzaak_onbekend if {
	ernstig_schadelijk_gevolg.uitkomst == "onbekend" with input as testinvoer.met_feiten({"schade": "ernstig_lichamelijk", "schadeDoorZorg": "onbekend"})
}

test_ja_ernstig_psychisch_door_zorg_ja if {
	ernstig_schadelijk_gevolg.uitkomst == "ja" with input as testinvoer.met_feiten({"schade": "ernstig_psychisch", "schadeDoorZorg": "ja"})
}

test_ja_ernstig_psychisch_door_zorg_mogelijk if {
	ernstig_schadelijk_gevolg.uitkomst == "ja" with input as testinvoer.met_feiten({"schade": "ernstig_psychisch", "schadeDoorZorg": "mogelijk"})
}

test_nee_ernstig_psychisch_niet_door_zorg if {
	ernstig_schadelijk_gevolg.uitkomst == "nee" with input as testinvoer.met_feiten({"schade": "ernstig_psychisch", "schadeDoorZorg": "nee"})
}

test_onbekend_ernstig_psychisch_oorzaak_onbekend if {
	ernstig_schadelijk_gevolg.uitkomst == "onbekend" with input as testinvoer.met_feiten({"schade": "ernstig_psychisch", "schadeDoorZorg": "onbekend"})
}

test_ja_overleden_door_zorg_ja if {
	ernstig_schadelijk_gevolg.uitkomst == "ja" with input as testinvoer.met_feiten({"schade": "overleden", "schadeDoorZorg": "ja"})
}

test_ja_overleden_door_zorg_mogelijk if {
	ernstig_schadelijk_gevolg.uitkomst == "ja" with input as testinvoer.met_feiten({"schade": "overleden", "schadeDoorZorg": "mogelijk"})
}

test_nee_overleden_niet_door_zorg if {
	ernstig_schadelijk_gevolg.uitkomst == "nee" with input as testinvoer.met_feiten({"schade": "overleden", "schadeDoorZorg": "nee"})
}

test_onbekend_overleden_oorzaak_onbekend if {
	ernstig_schadelijk_gevolg.uitkomst == "onbekend" with input as testinvoer.met_feiten({"schade": "overleden", "schadeDoorZorg": "onbekend"})
}

test_nee_schade_geen_door_zorg_ja if {
	ernstig_schadelijk_gevolg.uitkomst == "nee" with input as testinvoer.met_feiten({"schade": "geen", "schadeDoorZorg": "ja"})
}

test_nee_schade_geen_door_zorg_mogelijk if {
	ernstig_schadelijk_gevolg.uitkomst == "nee" with input as testinvoer.met_feiten({"schade": "geen", "schadeDoorZorg": "mogelijk"})
}

test_nee_schade_geen_door_zorg_nee if {
	ernstig_schadelijk_gevolg.uitkomst == "nee" with input as testinvoer.met_feiten({"schade": "geen", "schadeDoorZorg": "nee"})
}

test_nee_schade_geen_door_zorg_onbekend if {
	ernstig_schadelijk_gevolg.uitkomst == "nee" with input as testinvoer.met_feiten({"schade": "geen", "schadeDoorZorg": "onbekend"})
}

test_nee_schade_licht_door_zorg_ja if {
	ernstig_schadelijk_gevolg.uitkomst == "nee" with input as testinvoer.met_feiten({"schade": "licht", "schadeDoorZorg": "ja"})
}

test_nee_schade_licht_door_zorg_mogelijk if {
	ernstig_schadelijk_gevolg.uitkomst == "nee" with input as testinvoer.met_feiten({"schade": "licht", "schadeDoorZorg": "mogelijk"})
}

test_nee_schade_licht_door_zorg_nee if {
	ernstig_schadelijk_gevolg.uitkomst == "nee" with input as testinvoer.met_feiten({"schade": "licht", "schadeDoorZorg": "nee"})
}

test_nee_schade_licht_door_zorg_onbekend if {
	ernstig_schadelijk_gevolg.uitkomst == "nee" with input as testinvoer.met_feiten({"schade": "licht", "schadeDoorZorg": "onbekend"})
}

test_nee_schade_onbekend_maar_niet_door_zorg if {
	ernstig_schadelijk_gevolg.uitkomst == "nee" with input as testinvoer.met_feiten({"schade": "onbekend", "schadeDoorZorg": "nee"})
}

test_onbekend_schade_onbekend_door_zorg if {
	ernstig_schadelijk_gevolg.uitkomst == "onbekend" with input as testinvoer.met_feiten({"schade": "onbekend", "schadeDoorZorg": "ja"})
}

test_onbekend_alles_onbekend if {
	ernstig_schadelijk_gevolg.uitkomst == "onbekend" with input as testinvoer.met_feiten({"schade": "onbekend", "schadeDoorZorg": "onbekend"})
}

test_onbekend_bij_null if {
	ernstig_schadelijk_gevolg.uitkomst == "onbekend" with input as testinvoer.met_feiten({"schade": null, "schadeDoorZorg": null})
}

test_onbekend_zonder_feiten if {
	ernstig_schadelijk_gevolg.uitkomst == "onbekend" with input as testinvoer.zonder("melding/feiten")
}

test_nee_zonder_schade_maar_niet_door_zorg if {
	ernstig_schadelijk_gevolg.uitkomst == "nee" with input as testinvoer.zonder("melding/feiten/schade")
}
