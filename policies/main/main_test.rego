package main_test

import data.lib.testinvoer

test_ja_niets_aan_de_hand_registreert if {
	data.main.advies == "registreren" with input as testinvoer.basis
}

test_ja_grond_onderzoekt if {
	data.main.advies == "onderzoeken" with input as testinvoer.met_feiten({"bedreiging": "mogelijk"})
}

test_ja_spoed_escaleert if {
	data.main.advies == "escaleren" with input as testinvoer.met_feiten({"bedreiging": "ja", "bedreigingActueel": "ja"})
}

test_ja_directe_maatregelen_escaleren if {
	data.main.advies == "escaleren" with input as testinvoer.met_feiten({"directeMaatregelen": "ja"})
}

test_ja_geweld_escaleert if {
	data.main.advies == "escaleren" with input as testinvoer.met_feiten({"geweld": "ja"})
}

test_ja_spoed_gaat_voor_uitsluiting if {
	data.main.advies == "escaleren" with input as testinvoer.met_feiten({"bedreiging": "ja", "bedreigingActueel": "ja", "eerderOnderzocht": "ja"})
}

test_ja_geweld_gaat_voor_uitsluiting if {
	data.main.advies == "escaleren" with input as testinvoer.met({"melding": {"feiten": {"geweld": "ja"}}, "afgeleid": {"jarenVerstreken": 99}})
}

test_ja_grond_maar_oud_wordt_doorgestuurd if {
	data.main.advies == "doorsturen" with input as testinvoer.met({"melding": {"feiten": {"bedreiging": "mogelijk"}}, "afgeleid": {"jarenVerstreken": 99}})
}

test_ja_oud_maar_noodzakelijk_onderzoekt if {
	data.main.advies == "onderzoeken" with input as testinvoer.met({"melding": {"feiten": {"bedreiging": "mogelijk", "noodzaakOndanksOuderdom": "ja"}}, "afgeleid": {"jarenVerstreken": 99}})
}

test_ja_eerder_onderzocht_wordt_doorgestuurd if {
	data.main.advies == "doorsturen" with input as testinvoer.met_feiten({"bedreiging": "mogelijk", "eerderOnderzocht": "ja"})
}

test_ja_andere_procedure_wordt_doorgestuurd if {
	data.main.advies == "doorsturen" with input as testinvoer.met_feiten({"bedreiging": "mogelijk", "andereProcedure": "tuchtrecht"})
}

test_ja_noodzaak_heft_eerder_onderzocht_niet_op if {
	data.main.advies == "doorsturen" with input as testinvoer.met_feiten({"bedreiging": "mogelijk", "eerderOnderzocht": "ja", "noodzaakOndanksOuderdom": "ja"})
}

test_ja_veel_signalen_worden_doorgestuurd if {
	data.main.advies == "doorsturen" with input as testinvoer.met({"aanbieder": {"signalen": {"aantal365": 100000}}})
}

test_ja_grond_en_signalen_onderzoekt if {
	data.main.advies == "onderzoeken" with input as testinvoer.met({"melding": {"feiten": {"bedreiging": "mogelijk"}}, "aanbieder": {"signalen": {"aantal365": 100000}}})
}

test_ja_oud_zonder_grond_registreert if {
	data.main.advies == "registreren" with input as testinvoer.met({"afgeleid": {"jarenVerstreken": 99}})
}

test_ja_onbekende_datum_sluit_niets_uit if {
	data.main.advies == "onderzoeken" with input as testinvoer.met({"melding": {"feiten": {"bedreiging": "ja"}}, "afgeleid": {"jarenVerstreken": null}})
}

test_ja_belang_goede_zorg_onderzoekt if {
	data.main.advies == "onderzoeken" with input as testinvoer.met_feiten({"belangGoedeZorg": "ja"})
}

test_ja_klachtplicht_onderzoekt if {
	data.main.advies == "onderzoeken" with input as testinvoer.met_feiten({"klachtplichtGebreken": ["art15"]})
}

test_ja_schade_onderzoekt if {
	data.main.advies == "onderzoeken" with input as testinvoer.met_feiten({"schade": "overleden", "schadeDoorZorg": "ja"})
}

test_ja_ongemelde_calamiteit_alleen_is_geen_grond if {
	data.main.advies == "registreren" with input as testinvoer.met_feiten({"calamiteitGemeld": "nee"})
}

test_ja_alles_onbekend_registreert if {
	data.main.advies == "registreren" with input as testinvoer.zonder("melding/feiten")
}

test_ja_een_besluit_geeft_van_elk_criterium_de_uitkomst if {
	besluit := data.main.besluit with input as testinvoer.met_feiten({"geweld": "ja"})
	besluit.criteria.geweld_zorgrelatie == "ja"
	every code, uitkomst in besluit.criteria {
		data.criteria[code].uitkomst == uitkomst with input as testinvoer.met_feiten({"geweld": "ja"})
	}
}

test_ja_een_lege_vraag_krijgt_een_heel_besluit if {
	besluit := data.main.besluit with input as {}
	besluit.advies == "registreren"
	volledig := data.main.besluit with input as testinvoer.basis
	object.keys(besluit.criteria) == object.keys(volledig.criteria)
}

test_ja_het_advies_in_het_besluit_is_het_advies if {
	besluit := data.main.besluit with input as testinvoer.met_feiten({"geweld": "ja"})
	besluit.advies == "escaleren"
	"zonder_persoonsgegevens_voorleggen" in besluit.stappen
}
