package criteria.geweld_zorgrelatie_test

import data.criteria.geweld_zorgrelatie
import data.lib.testinvoer

test_ja_bij_geweld if {
	geweld_zorgrelatie.uitkomst == "ja" with input as testinvoer.met_feiten({"geweld": "ja"})
}

test_nee_zonder_geweld if {
	geweld_zorgrelatie.uitkomst == "nee" with input as testinvoer.met_feiten({"geweld": "nee"})
}

test_onbekend_als_het_niet_bekend_is if {
	geweld_zorgrelatie.uitkomst == "onbekend" with input as testinvoer.met_feiten({"geweld": "onbekend"})
}

test_onbekend_zonder_het_feit if {
	geweld_zorgrelatie.uitkomst == "onbekend" with input as testinvoer.zonder("melding/feiten/geweld")
}

test_onbekend_bij_null if {
	geweld_zorgrelatie.uitkomst == "onbekend" with input as testinvoer.met_feiten({"geweld": null})
}

test_onbekend_bij_een_vreemde_waarde if {
	geweld_zorgrelatie.uitkomst == "onbekend" with input as testinvoer.met_feiten({"geweld": "soms"})
}
