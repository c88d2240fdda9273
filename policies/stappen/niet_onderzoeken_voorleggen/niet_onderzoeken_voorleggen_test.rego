package stappen.niet_onderzoeken_voorleggen_test

import data.lib.testinvoer
import data.stappen.niet_onderzoeken_voorleggen

test_ja_oud_met_een_grond if {
	niet_onderzoeken_voorleggen.geldt with input as testinvoer.met({"melding": {"feiten": {"bedreiging": "mogelijk"}}, "afgeleid": {"jarenVerstreken": 99}})
}

test_ja_eerder_onderzocht_met_een_grond if {
	niet_onderzoeken_voorleggen.geldt with input as testinvoer.met({"melding": {"feiten": {"bedreiging": "mogelijk", "eerderOnderzocht": "ja"}}})
}

test_ja_andere_procedure_met_een_grond if {
	niet_onderzoeken_voorleggen.geldt with input as testinvoer.met({"melding": {"feiten": {"bedreiging": "mogelijk", "andereProcedure": "om"}}})
}

test_nee_zonder_grond if {
	not niet_onderzoeken_voorleggen.geldt with input as testinvoer.met({"melding": {"feiten": {"eerderOnderzocht": "ja"}}})
}

test_nee_grond_zonder_uitsluiting if {
	not niet_onderzoeken_voorleggen.geldt with input as testinvoer.met({"melding": {"feiten": {"bedreiging": "mogelijk"}}})
}

test_nee_oud_maar_noodzakelijk if {
	not niet_onderzoeken_voorleggen.geldt with input as testinvoer.met({"melding": {"feiten": {"bedreiging": "mogelijk", "noodzaakOndanksOuderdom": "ja"}}, "afgeleid": {"jarenVerstreken": 99}})
}

test_ja_noodzaak_heft_alleen_ouderdom_op if {
	niet_onderzoeken_voorleggen.geldt with input as testinvoer.met({"melding": {"feiten": {"bedreiging": "mogelijk", "noodzaakOndanksOuderdom": "ja", "eerderOnderzocht": "ja"}}, "afgeleid": {"jarenVerstreken": 99}})
}

test_ja_ook_bij_escaleren if {
	niet_onderzoeken_voorleggen.geldt with input as testinvoer.met({"melding": {"feiten": {"bedreiging": "ja", "bedreigingActueel": "ja", "eerderOnderzocht": "ja"}}})
}
