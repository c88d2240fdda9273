package criteria.klachtplicht_gebrek_test

import data.criteria.klachtplicht_gebrek
import data.lib.testinvoer

test_ja_art13 if {
	klachtplicht_gebrek.uitkomst == "ja" with input as testinvoer.met_feiten({"klachtplichtGebreken": ["art13"]})
}

test_ja_art15 if {
	klachtplicht_gebrek.uitkomst == "ja" with input as testinvoer.met_feiten({"klachtplichtGebreken": ["art15"]})
}

test_ja_art18 if {
	klachtplicht_gebrek.uitkomst == "ja" with input as testinvoer.met_feiten({"klachtplichtGebreken": ["art18"]})
}

test_ja_art23 if {
	klachtplicht_gebrek.uitkomst == "ja" with input as testinvoer.met_feiten({"klachtplichtGebreken": ["art23"]})
}

test_ja_bij_meer_gebreken if {
	klachtplicht_gebrek.uitkomst == "ja" with input as testinvoer.met_feiten({"klachtplichtGebreken": ["art13", "art23"]})
}

test_nee_bij_een_lege_lijst if {
	klachtplicht_gebrek.uitkomst == "nee" with input as testinvoer.met_feiten({"klachtplichtGebreken": []})
}

test_nee_zonder_lijst if {
	klachtplicht_gebrek.uitkomst == "nee" with input as testinvoer.zonder("melding/feiten/klachtplichtGebreken")
}

test_nee_bij_null if {
	klachtplicht_gebrek.uitkomst == "nee" with input as testinvoer.met_feiten({"klachtplichtGebreken": null})
}

test_nee_zonder_feiten if {
	klachtplicht_gebrek.uitkomst == "nee" with input as testinvoer.zonder("melding/feiten")
}
