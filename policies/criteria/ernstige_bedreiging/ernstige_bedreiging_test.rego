package criteria.ernstige_bedreiging_test

import data.criteria.ernstige_bedreiging
import data.lib.testinvoer

test_ja_bedreiging_ja if {
	ernstige_bedreiging.uitkomst == "ja" with input as testinvoer.met_feiten({"bedreiging": "ja"})
}

test_ja_bedreiging_mogelijk if {
	ernstige_bedreiging.uitkomst == "ja" with input as testinvoer.met_feiten({"bedreiging": "mogelijk"})
}

test_nee_bedreiging_nee if {
	ernstige_bedreiging.uitkomst == "nee" with input as testinvoer.met_feiten({"bedreiging": "nee"})
}

test_onbekend_als_bedreiging_onbekend_is if {
	ernstige_bedreiging.uitkomst == "onbekend" with input as testinvoer.met_feiten({"bedreiging": "onbekend"})
}

test_onbekend_zonder_het_feit if {
	ernstige_bedreiging.uitkomst == "onbekend" with input as testinvoer.zonder("melding/feiten/bedreiging")
}

test_onbekend_bij_null if {
	ernstige_bedreiging.uitkomst == "onbekend" with input as testinvoer.met_feiten({"bedreiging": null})
}

test_onbekend_bij_een_vreemde_waarde if {
	ernstige_bedreiging.uitkomst == "onbekend" with input as testinvoer.met_feiten({"bedreiging": "misschien"})
}

test_onbekend_zonder_feiten if {
	ernstige_bedreiging.uitkomst == "onbekend" with input as testinvoer.zonder("melding/feiten")
}

test_onbekend_zonder_melding if {
	ernstige_bedreiging.uitkomst == "onbekend" with input as testinvoer.zonder("melding")
}

test_nee_ook_als_er_nu_gevaar_zou_zijn if {
	ernstige_bedreiging.uitkomst == "nee" with input as testinvoer.met_feiten({"bedreiging": "nee", "bedreigingActueel": "ja"})
}
