package criteria.spoed_test

import data.criteria.spoed
import data.lib.testinvoer

test_ja_maatregelen_ja_bedreiging_ja_actueel_ja if {
	spoed.uitkomst == "ja" with input as testinvoer.met_feiten({"directeMaatregelen": "ja", "bedreiging": "ja", "bedreigingActueel": "ja"})
}

test_ja_maatregelen_ja_bedreiging_ja_actueel_nee if {
	spoed.uitkomst == "ja" with input as testinvoer.met_feiten({"directeMaatregelen": "ja", "bedreiging": "ja", "bedreigingActueel": "nee"})
}

test_ja_maatregelen_ja_bedreiging_ja_actueel_onbekend if {
	spoed.uitkomst == "ja" with input as testinvoer.met_feiten({"directeMaatregelen": "ja", "bedreiging": "ja", "bedreigingActueel": "onbekend"})
}

test_ja_maatregelen_ja_bedreiging_mogelijk_actueel_ja if {
	spoed.uitkomst == "ja" with input as testinvoer.met_feiten({"directeMaatregelen": "ja", "bedreiging": "mogelijk", "bedreigingActueel": "ja"})
}

test_ja_maatregelen_ja_bedreiging_mogelijk_actueel_nee if {
	spoed.uitkomst == "ja" with input as testinvoer.met_feiten({"directeMaatregelen": "ja", "bedreiging": "mogelijk", "bedreigingActueel": "nee"})
}

test_ja_maatregelen_ja_bedreiging_mogelijk_actueel_onbekend if {
	spoed.uitkomst == "ja" with input as testinvoer.met_feiten({"directeMaatregelen": "ja", "bedreiging": "mogelijk", "bedreigingActueel": "onbekend"})
}

test_ja_maatregelen_ja_bedreiging_nee_actueel_ja if {
	spoed.uitkomst == "ja" with input as testinvoer.met_feiten({"directeMaatregelen": "ja", "bedreiging": "nee", "bedreigingActueel": "ja"})
}

test_ja_maatregelen_ja_bedreiging_nee_actueel_nee if {
	spoed.uitkomst == "ja" with input as testinvoer.met_feiten({"directeMaatregelen": "ja", "bedreiging": "nee", "bedreigingActueel": "nee"})
}

test_ja_maatregelen_ja_bedreiging_nee_actueel_onbekend if {
	spoed.uitkomst == "ja" with input as testinvoer.met_feiten({"directeMaatregelen": "ja", "bedreiging": "nee", "bedreigingActueel": "onbekend"})
}

test_ja_maatregelen_ja_bedreiging_onbekend_actueel_ja if {
	spoed.uitkomst == "ja" with input as testinvoer.met_feiten({"directeMaatregelen": "ja", "bedreiging": "onbekend", "bedreigingActueel": "ja"})
}

test_ja_maatregelen_ja_bedreiging_onbekend_actueel_nee if {
	spoed.uitkomst == "ja" with input as testinvoer.met_feiten({"directeMaatregelen": "ja", "bedreiging": "onbekend", "bedreigingActueel": "nee"})
}

test_ja_maatregelen_ja_bedreiging_onbekend_actueel_onbekend if {
	spoed.uitkomst == "ja" with input as testinvoer.met_feiten({"directeMaatregelen": "ja", "bedreiging": "onbekend", "bedreigingActueel": "onbekend"})
}

test_ja_maatregelen_nee_bedreiging_ja_actueel_ja if {
	spoed.uitkomst == "ja" with input as testinvoer.met_feiten({"directeMaatregelen": "nee", "bedreiging": "ja", "bedreigingActueel": "ja"})
}

test_nee_maatregelen_nee_bedreiging_ja_actueel_nee if {
	spoed.uitkomst == "nee" with input as testinvoer.met_feiten({"directeMaatregelen": "nee", "bedreiging": "ja", "bedreigingActueel": "nee"})
}

test_onbekend_maatregelen_nee_bedreiging_ja_actueel_onbekend if {
	spoed.uitkomst == "onbekend" with input as testinvoer.met_feiten({"directeMaatregelen": "nee", "bedreiging": "ja", "bedreigingActueel": "onbekend"})
}

test_nee_maatregelen_nee_bedreiging_mogelijk_actueel_ja if {
	spoed.uitkomst == "nee" with input as testinvoer.met_feiten({"directeMaatregelen": "nee", "bedreiging": "mogelijk", "bedreigingActueel": "ja"})
}

test_nee_maatregelen_nee_bedreiging_mogelijk_actueel_nee if {
	spoed.uitkomst == "nee" with input as testinvoer.met_feiten({"directeMaatregelen": "nee", "bedreiging": "mogelijk", "bedreigingActueel": "nee"})
}

test_nee_maatregelen_nee_bedreiging_mogelijk_actueel_onbekend if {
	spoed.uitkomst == "nee" with input as testinvoer.met_feiten({"directeMaatregelen": "nee", "bedreiging": "mogelijk", "bedreigingActueel": "onbekend"})
}

test_nee_maatregelen_nee_bedreiging_nee_actueel_ja if {
	spoed.uitkomst == "nee" with input as testinvoer.met_feiten({"directeMaatregelen": "nee", "bedreiging": "nee", "bedreigingActueel": "ja"})
}

test_nee_maatregelen_nee_bedreiging_nee_actueel_nee if {
	spoed.uitkomst == "nee" with input as testinvoer.met_feiten({"directeMaatregelen": "nee", "bedreiging": "nee", "bedreigingActueel": "nee"})
}

test_nee_maatregelen_nee_bedreiging_nee_actueel_onbekend if {
	spoed.uitkomst == "nee" with input as testinvoer.met_feiten({"directeMaatregelen": "nee", "bedreiging": "nee", "bedreigingActueel": "onbekend"})
}

test_onbekend_maatregelen_nee_bedreiging_onbekend_actueel_ja if {
	spoed.uitkomst == "onbekend" with input as testinvoer.met_feiten({"directeMaatregelen": "nee", "bedreiging": "onbekend", "bedreigingActueel": "ja"})
}

test_nee_maatregelen_nee_bedreiging_onbekend_actueel_nee if {
	spoed.uitkomst == "nee" with input as testinvoer.met_feiten({"directeMaatregelen": "nee", "bedreiging": "onbekend", "bedreigingActueel": "nee"})
}

test_onbekend_maatregelen_nee_bedreiging_onbekend_actueel_onbekend if {
	spoed.uitkomst == "onbekend" with input as testinvoer.met_feiten({"directeMaatregelen": "nee", "bedreiging": "onbekend", "bedreigingActueel": "onbekend"})
}

test_ja_maatregelen_onbekend_bedreiging_ja_actueel_ja if {
	spoed.uitkomst == "ja" with input as testinvoer.met_feiten({"directeMaatregelen": "onbekend", "bedreiging": "ja", "bedreigingActueel": "ja"})
}

test_onbekend_maatregelen_onbekend_bedreiging_ja_actueel_nee if {
	spoed.uitkomst == "onbekend" with input as testinvoer.met_feiten({"directeMaatregelen": "onbekend", "bedreiging": "ja", "bedreigingActueel": "nee"})
}

test_onbekend_maatregelen_onbekend_bedreiging_ja_actueel_onbekend if {
	spoed.uitkomst == "onbekend" with input as testinvoer.met_feiten({"directeMaatregelen": "onbekend", "bedreiging": "ja", "bedreigingActueel": "onbekend"})
}

test_onbekend_maatregelen_onbekend_bedreiging_mogelijk_actueel_ja if {
	spoed.uitkomst == "onbekend" with input as testinvoer.met_feiten({"directeMaatregelen": "onbekend", "bedreiging": "mogelijk", "bedreigingActueel": "ja"})
}

test_onbekend_maatregelen_onbekend_bedreiging_mogelijk_actueel_nee if {
	spoed.uitkomst == "onbekend" with input as testinvoer.met_feiten({"directeMaatregelen": "onbekend", "bedreiging": "mogelijk", "bedreigingActueel": "nee"})
}

test_onbekend_maatregelen_onbekend_bedreiging_mogelijk_actueel_onbekend if {
	spoed.uitkomst == "onbekend" with input as testinvoer.met_feiten({"directeMaatregelen": "onbekend", "bedreiging": "mogelijk", "bedreigingActueel": "onbekend"})
}

test_onbekend_maatregelen_onbekend_bedreiging_nee_actueel_ja if {
	spoed.uitkomst == "onbekend" with input as testinvoer.met_feiten({"directeMaatregelen": "onbekend", "bedreiging": "nee", "bedreigingActueel": "ja"})
}

test_onbekend_maatregelen_onbekend_bedreiging_nee_actueel_nee if {
	spoed.uitkomst == "onbekend" with input as testinvoer.met_feiten({"directeMaatregelen": "onbekend", "bedreiging": "nee", "bedreigingActueel": "nee"})
}

test_onbekend_maatregelen_onbekend_bedreiging_nee_actueel_onbekend if {
	spoed.uitkomst == "onbekend" with input as testinvoer.met_feiten({"directeMaatregelen": "onbekend", "bedreiging": "nee", "bedreigingActueel": "onbekend"})
}

test_onbekend_maatregelen_onbekend_bedreiging_onbekend_actueel_ja if {
	spoed.uitkomst == "onbekend" with input as testinvoer.met_feiten({"directeMaatregelen": "onbekend", "bedreiging": "onbekend", "bedreigingActueel": "ja"})
}

test_onbekend_maatregelen_onbekend_bedreiging_onbekend_actueel_nee if {
	spoed.uitkomst == "onbekend" with input as testinvoer.met_feiten({"directeMaatregelen": "onbekend", "bedreiging": "onbekend", "bedreigingActueel": "nee"})
}

test_onbekend_maatregelen_onbekend_bedreiging_onbekend_actueel_onbekend if {
	spoed.uitkomst == "onbekend" with input as testinvoer.met_feiten({"directeMaatregelen": "onbekend", "bedreiging": "onbekend", "bedreigingActueel": "onbekend"})
}

test_onbekend_bij_null if {
	spoed.uitkomst == "onbekend" with input as testinvoer.met_feiten({"directeMaatregelen": null, "bedreiging": null, "bedreigingActueel": null})
}

test_onbekend_zonder_feiten if {
	spoed.uitkomst == "onbekend" with input as testinvoer.zonder("melding/feiten")
}

test_ja_maatregelen_zonder_andere_feiten if {
	spoed.uitkomst == "ja" with input as testinvoer.met_feiten({"directeMaatregelen": "ja", "bedreiging": null, "bedreigingActueel": null})
}

test_onbekend_zonder_maatregelen if {
	spoed.uitkomst == "onbekend" with input as testinvoer.zonder("melding/feiten/directeMaatregelen")
}
