package stappen.algemeen_onderzoek_overwegen_test

import data.lib.testinvoer
import data.stappen.algemeen_onderzoek_overwegen

test_ja_veel_signalen if {
	algemeen_onderzoek_overwegen.geldt with input as testinvoer.met({"aanbieder": {"signalen": {"aantal365": 100000}}})
}

test_nee_weinig_signalen if {
	not algemeen_onderzoek_overwegen.geldt with input as testinvoer.basis
}

test_nee_zonder_cijfers if {
	not algemeen_onderzoek_overwegen.geldt with input as testinvoer.zonder("aanbieder")
}

test_ja_ook_volledig_anoniem if {
	algemeen_onderzoek_overwegen.geldt with input as testinvoer.met({"melding": {"anonimiteit": "volledig"}, "aanbieder": {"signalen": {"aantal365": 100000}}})
}
