package stappen.zonder_persoonsgegevens_voorleggen_test

import data.lib.testinvoer
import data.stappen.zonder_persoonsgegevens_voorleggen

test_ja_alleen_signalen if {
	zonder_persoonsgegevens_voorleggen.geldt with input as testinvoer.met({"melding": {"toestemming": {"inspecteur": "gegeven"}}, "aanbieder": {"signalen": {"aantal365": 100000}}})
}

test_ja_volledig_anoniem if {
	zonder_persoonsgegevens_voorleggen.geldt with input as testinvoer.met({"melding": {"anonimiteit": "volledig", "feiten": {"bedreiging": "mogelijk"}}})
}

test_ja_geweigerd if {
	zonder_persoonsgegevens_voorleggen.geldt with input as testinvoer.met({"melding": {"toestemming": {"inspecteur": "geweigerd"}, "feiten": {"bedreiging": "mogelijk"}}})
}

test_ja_ingetrokken if {
	zonder_persoonsgegevens_voorleggen.geldt with input as testinvoer.met({"melding": {"toestemming": {"inspecteur": "ingetrokken"}, "feiten": {"bedreiging": "mogelijk"}}})
}

test_ja_escaleren_zonder_toestemming if {
	zonder_persoonsgegevens_voorleggen.geldt with input as testinvoer.met({"melding": {"toestemming": {"inspecteur": "niet_gevraagd"}, "feiten": {"bedreiging": "ja", "bedreigingActueel": "ja"}}})
}

test_ja_escaleren_terwijl_toestemming_is_gevraagd if {
	zonder_persoonsgegevens_voorleggen.geldt with input as testinvoer.met({"melding": {"toestemming": {"inspecteur": "gevraagd"}, "feiten": {"bedreiging": "ja", "bedreigingActueel": "ja"}}})
}

test_nee_escaleren_met_toestemming if {
	not zonder_persoonsgegevens_voorleggen.geldt with input as testinvoer.met({"melding": {"toestemming": {"inspecteur": "gegeven"}, "feiten": {"bedreiging": "ja", "bedreigingActueel": "ja"}}})
}

test_nee_grond_met_toestemming if {
	not zonder_persoonsgegevens_voorleggen.geldt with input as testinvoer.met({"melding": {"toestemming": {"inspecteur": "gegeven"}, "feiten": {"bedreiging": "mogelijk"}}})
}

test_nee_grond_toestemming_nog_niet_gevraagd if {
	not zonder_persoonsgegevens_voorleggen.geldt with input as testinvoer.met({"melding": {"toestemming": {"inspecteur": "niet_gevraagd"}, "feiten": {"bedreiging": "mogelijk"}}})
}

test_nee_grond_toestemming_gevraagd if {
	not zonder_persoonsgegevens_voorleggen.geldt with input as testinvoer.met({"melding": {"toestemming": {"inspecteur": "gevraagd"}, "feiten": {"bedreiging": "mogelijk"}}})
}

test_nee_bij_registreren if {
	not zonder_persoonsgegevens_voorleggen.geldt with input as testinvoer.basis
}

test_nee_bij_registreren_ook_als_geweigerd if {
	not zonder_persoonsgegevens_voorleggen.geldt with input as testinvoer.met({"melding": {"toestemming": {"inspecteur": "geweigerd"}}})
}

test_ja_geweld_zonder_toestemming if {
	zonder_persoonsgegevens_voorleggen.geldt with input as testinvoer.met({"melding": {"feiten": {"geweld": "ja"}}})
}

test_nee_geweld_met_toestemming if {
	not zonder_persoonsgegevens_voorleggen.geldt with input as testinvoer.met({"melding": {"toestemming": {"inspecteur": "gegeven"}, "feiten": {"geweld": "ja"}}})
}
