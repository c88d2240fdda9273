package criteria.eerder_onderzocht_test

import data.criteria.eerder_onderzocht
import data.lib.testinvoer

test_ja_als_het_is_vastgelegd if {
	eerder_onderzocht.uitkomst == "ja" with input as testinvoer.met_feiten({"eerderOnderzocht": "ja"})
}

test_nee_als_het_niet_zo_is if {
	eerder_onderzocht.uitkomst == "nee" with input as testinvoer.met_feiten({"eerderOnderzocht": "nee"})
}

test_nee_zonder_het_feit if {
	eerder_onderzocht.uitkomst == "nee" with input as testinvoer.zonder("melding/feiten/eerderOnderzocht")
}

test_nee_bij_null if {
	eerder_onderzocht.uitkomst == "nee" with input as testinvoer.met_feiten({"eerderOnderzocht": null})
}

test_nee_zonder_feiten if {
	eerder_onderzocht.uitkomst == "nee" with input as testinvoer.zonder("melding/feiten")
}

test_nee_bij_een_vreemde_waarde if {
	eerder_onderzocht.uitkomst == "nee" with input as testinvoer.met_feiten({"eerderOnderzocht": "onbekend"})
}
