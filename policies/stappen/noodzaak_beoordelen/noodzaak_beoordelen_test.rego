package stappen.noodzaak_beoordelen_test

import data.lib.testinvoer
import data.stappen.noodzaak_beoordelen

test_ja_oud_met_een_grond if {
	noodzaak_beoordelen.geldt with input as testinvoer.met({"melding": {"feiten": {"bedreiging": "mogelijk"}}, "afgeleid": {"jarenVerstreken": 99}})
}

test_nee_oud_zonder_grond if {
	not noodzaak_beoordelen.geldt with input as testinvoer.met({"afgeleid": {"jarenVerstreken": 99}})
}

test_nee_noodzaak_is_al_vastgelegd if {
	not noodzaak_beoordelen.geldt with input as testinvoer.met({"melding": {"feiten": {"bedreiging": "mogelijk", "noodzaakOndanksOuderdom": "ja"}}, "afgeleid": {"jarenVerstreken": 99}})
}

test_nee_niet_oud if {
	not noodzaak_beoordelen.geldt with input as testinvoer.met({"melding": {"feiten": {"bedreiging": "mogelijk"}}})
}

test_nee_datum_onbekend if {
	not noodzaak_beoordelen.geldt with input as testinvoer.met({"melding": {"feiten": {"bedreiging": "ja"}}, "afgeleid": {"jarenVerstreken": null}})
}

test_ja_ook_bij_spoed if {
	noodzaak_beoordelen.geldt with input as testinvoer.met({"melding": {"feiten": {"bedreiging": "ja", "bedreigingActueel": "ja"}}, "afgeleid": {"jarenVerstreken": 99}})
}

test_ja_zonder_het_feit_noodzaak if {
	noodzaak_beoordelen.geldt with input as testinvoer.met({"melding": {"feiten": {"bedreiging": "ja", "noodzaakOndanksOuderdom": null}}, "afgeleid": {"jarenVerstreken": 99}})
}
