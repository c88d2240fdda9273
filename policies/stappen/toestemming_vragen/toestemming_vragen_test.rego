package stappen.toestemming_vragen_test

import data.lib.testinvoer
import data.stappen.toestemming_vragen

test_ja_bij_een_grond if {
	toestemming_vragen.geldt with input as testinvoer.met({"melding": {"toestemming": {"inspecteur": "niet_gevraagd"}, "feiten": {"bedreiging": "mogelijk"}}})
}

test_ja_bij_spoed if {
	toestemming_vragen.geldt with input as testinvoer.met({"melding": {"toestemming": {"inspecteur": "niet_gevraagd"}, "feiten": {"bedreiging": "ja", "bedreigingActueel": "ja"}}})
}

test_ja_spoed_zonder_grond if {
	toestemming_vragen.geldt with input as testinvoer.met({"melding": {"toestemming": {"inspecteur": "niet_gevraagd"}, "feiten": {"directeMaatregelen": "ja"}}})
}

test_ja_anoniem_tegenover_aanbieder if {
	toestemming_vragen.geldt with input as testinvoer.met({"melding": {"toestemming": {"inspecteur": "niet_gevraagd"}, "anonimiteit": "tegenover_aanbieder", "feiten": {"bedreiging": "mogelijk"}}})
}

test_nee_volledig_anoniem if {
	not toestemming_vragen.geldt with input as testinvoer.met({"melding": {"toestemming": {"inspecteur": "niet_gevraagd"}, "anonimiteit": "volledig", "feiten": {"bedreiging": "mogelijk"}}})
}

test_nee_alleen_signalen if {
	not toestemming_vragen.geldt with input as testinvoer.met({"melding": {"toestemming": {"inspecteur": "niet_gevraagd"}}, "aanbieder": {"signalen": {"aantal365": 100000}}})
}

test_nee_bij_registreren if {
	not toestemming_vragen.geldt with input as testinvoer.met({"melding": {"toestemming": {"inspecteur": "niet_gevraagd"}}})
}

test_nee_als_toestemming_gevraagd_is if {
	not toestemming_vragen.geldt with input as testinvoer.met({"melding": {"toestemming": {"inspecteur": "gevraagd"}, "feiten": {"bedreiging": "mogelijk"}}})
}

test_nee_als_toestemming_gegeven_is if {
	not toestemming_vragen.geldt with input as testinvoer.met({"melding": {"toestemming": {"inspecteur": "gegeven"}, "feiten": {"bedreiging": "mogelijk"}}})
}

test_nee_als_toestemming_geweigerd_is if {
	not toestemming_vragen.geldt with input as testinvoer.met({"melding": {"toestemming": {"inspecteur": "geweigerd"}, "feiten": {"bedreiging": "mogelijk"}}})
}

test_nee_als_toestemming_ingetrokken_is if {
	not toestemming_vragen.geldt with input as testinvoer.met({"melding": {"toestemming": {"inspecteur": "ingetrokken"}, "feiten": {"bedreiging": "mogelijk"}}})
}

test_ja_ook_als_onderzoek_is_uitgesloten if {
	toestemming_vragen.geldt with input as testinvoer.met({"melding": {"toestemming": {"inspecteur": "niet_gevraagd"}, "feiten": {"bedreiging": "mogelijk", "eerderOnderzocht": "ja"}}})
}
