package criteria.ouder_dan_twee_jaar_test

import data.criteria.ouder_dan_twee_jaar
import data.lib.testinvoer

test_ja_twee_hele_jaren_verstreken if {
	ouder_dan_twee_jaar.uitkomst == "ja" with input as testinvoer.met({"melding": {"gebeurtenis": {"van": "2024-11-19", "tot": "2024-11-19"}}, "afgeleid": {"jarenVerstreken": 2}})
		with data.ouderdom.jaren as 2
}

test_ja_veel_langer_geleden if {
	ouder_dan_twee_jaar.uitkomst == "ja" with input as testinvoer.met({"melding": {"gebeurtenis": {"van": "2001-01-01", "tot": "2001-01-01"}}, "afgeleid": {"jarenVerstreken": 25}})
		with data.ouderdom.jaren as 2
}

test_nee_precies_twee_jaar_is_niet_ouder if {
	ouder_dan_twee_jaar.uitkomst == "nee" with input as testinvoer.met({"melding": {"gebeurtenis": {"van": "2024-11-20", "tot": "2024-11-20"}}, "afgeleid": {"jarenVerstreken": 1}})
		with data.ouderdom.jaren as 2
}

test_nee_kort_geleden if {
	ouder_dan_twee_jaar.uitkomst == "nee" with input as testinvoer.met({"melding": {"gebeurtenis": {}}, "afgeleid": {"jarenVerstreken": 0}})
		with data.ouderdom.jaren as 2
}

test_nee_voortdurend_ook_als_het_lang_geleden_begon if {
	ouder_dan_twee_jaar.uitkomst == "nee" with input as testinvoer.met({"melding": {"gebeurtenis": {"van": "2010-01-01", "tot": "2010-01-01", "voortdurend": true}}, "afgeleid": {"jarenVerstreken": 16}})
		with data.ouderdom.jaren as 2
}

test_nee_voortdurend_zonder_datum if {
	ouder_dan_twee_jaar.uitkomst == "nee" with input as testinvoer.met({"melding": {"gebeurtenis": {"van": null, "tot": null, "voortdurend": true}}, "afgeleid": {"jarenVerstreken": null}})
		with data.ouderdom.jaren as 2
}

test_onbekend_zonder_datum if {
	ouder_dan_twee_jaar.uitkomst == "onbekend" with input as testinvoer.zonder("afgeleid/jarenVerstreken")
		with data.ouderdom.jaren as 2
}

test_onbekend_zonder_afgeleide_gegevens if {
	ouder_dan_twee_jaar.uitkomst == "onbekend" with input as testinvoer.zonder("afgeleid")
		with data.ouderdom.jaren as 2
}

test_ja_de_grens_is_een_cijfer if {
	ouder_dan_twee_jaar.uitkomst == "ja" with input as testinvoer.met({"afgeleid": {"jarenVerstreken": 1}})
		with data.ouderdom.jaren as 1
}
