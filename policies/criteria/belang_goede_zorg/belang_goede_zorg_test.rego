package criteria.belang_goede_zorg_test

import data.criteria.belang_goede_zorg
import data.lib.testinvoer

test_ja_als_het_is_vastgelegd if {
	belang_goede_zorg.uitkomst == "ja" with input as testinvoer.met_feiten({"belangGoedeZorg": "ja"})
}

test_nee_als_het_niet_zo_is if {
	belang_goede_zorg.uitkomst == "nee" with input as testinvoer.met_feiten({"belangGoedeZorg": "nee"})
}

test_nee_zonder_het_feit if {
	belang_goede_zorg.uitkomst == "nee" with input as testinvoer.zonder("melding/feiten/belangGoedeZorg")
}

test_nee_bij_null if {
	belang_goede_zorg.uitkomst == "nee" with input as testinvoer.met_feiten({"belangGoedeZorg": null})
}

test_nee_zonder_feiten if {
	belang_goede_zorg.uitkomst == "nee" with input as testinvoer.zonder("melding/feiten")
}

test_nee_bij_een_vreemde_waarde if {
	belang_goede_zorg.uitkomst == "nee" with input as testinvoer.met_feiten({"belangGoedeZorg": "onbekend"})
}
