package stappen.doorverwijzen_test

import data.lib.testinvoer
import data.stappen.doorverwijzen

test_ja_andere_procedure if {
	doorverwijzen.geldt with input as testinvoer.met_feiten({"andereProcedure": "wvggz"})
}

test_ja_regime_overig if {
	doorverwijzen.geldt with input as testinvoer.met_melding({"regime": "overig"})
}

test_nee_wkkgz if {
	not doorverwijzen.geldt with input as testinvoer.basis
}

test_nee_jeugdwet if {
	not doorverwijzen.geldt with input as testinvoer.met_melding({"regime": "jeugdwet"})
}

test_ja_beide if {
	doorverwijzen.geldt with input as testinvoer.met({"melding": {"regime": "overig", "feiten": {"andereProcedure": "om"}}})
}
