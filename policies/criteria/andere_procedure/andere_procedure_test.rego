package criteria.andere_procedure_test

import data.criteria.andere_procedure
import data.lib.testinvoer

test_ja_tuchtrecht if {
	andere_procedure.uitkomst == "ja" with input as testinvoer.met_feiten({"andereProcedure": "tuchtrecht"})
}

test_ja_wvggz if {
	andere_procedure.uitkomst == "ja" with input as testinvoer.met_feiten({"andereProcedure": "wvggz"})
}

test_ja_wzd if {
	andere_procedure.uitkomst == "ja" with input as testinvoer.met_feiten({"andereProcedure": "wzd"})
}

test_ja_om if {
	andere_procedure.uitkomst == "ja" with input as testinvoer.met_feiten({"andereProcedure": "om"})
}

test_ja_euthanasiecommissie if {
	andere_procedure.uitkomst == "ja" with input as testinvoer.met_feiten({"andereProcedure": "euthanasiecommissie"})
}

test_ja_product if {
	andere_procedure.uitkomst == "ja" with input as testinvoer.met_feiten({"andereProcedure": "product"})
}

test_ja_anders if {
	andere_procedure.uitkomst == "ja" with input as testinvoer.met_feiten({"andereProcedure": "anders"})
}

test_nee_zonder_procedure if {
	andere_procedure.uitkomst == "nee" with input as testinvoer.basis
}

test_nee_bij_null if {
	andere_procedure.uitkomst == "nee" with input as testinvoer.met_feiten({"andereProcedure": null})
}

test_nee_zonder_feiten if {
	andere_procedure.uitkomst == "nee" with input as testinvoer.zonder("melding/feiten")
}
