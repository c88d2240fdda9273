package criteria.signaalvolume_test

import data.criteria.signaalvolume
import data.lib.testinvoer

test_ja_op_de_drempel_van_een_jaar if {
	signaalvolume.uitkomst == "ja" with input as testinvoer.met_signalen({"aantal365": 10})
		with data.drempels as _drempels
}

test_nee_onder_de_drempel_van_een_jaar if {
	signaalvolume.uitkomst == "nee" with input as testinvoer.met_signalen({"aantal365": 9})
		with data.drempels as _drempels
}

test_ja_ver_boven_de_drempel if {
	signaalvolume.uitkomst == "ja" with input as testinvoer.met_signalen({"aantal365": 5000})
		with data.drempels as _drempels
}

test_ja_op_de_drempel_van_ernstige_signalen if {
	signaalvolume.uitkomst == "ja" with input as testinvoer.met_signalen({"ernstig365": 3})
		with data.drempels as _drempels
}

test_nee_onder_de_drempel_van_ernstige_signalen if {
	signaalvolume.uitkomst == "nee" with input as testinvoer.met_signalen({"ernstig365": 2})
		with data.drempels as _drempels
}

test_ja_meer_dan_verwacht_in_90_dagen if {
	signaalvolume.uitkomst == "ja" with input as testinvoer.met_signalen({"aantal90": 4, "aantal365": 4, "overschrijdingskans": 0.0099})
		with data.drempels as _drempels
}

test_nee_kans_op_de_drempel if {
	signaalvolume.uitkomst == "nee" with input as testinvoer.met_signalen({"aantal90": 4, "aantal365": 4, "overschrijdingskans": 0.01})
		with data.drempels as _drempels
}

test_nee_te_weinig_in_90_dagen if {
	signaalvolume.uitkomst == "nee" with input as testinvoer.met_signalen({"aantal90": 3, "aantal365": 3, "overschrijdingskans": 0.0001})
		with data.drempels as _drempels
}

test_nee_veel_in_90_dagen_maar_verwacht if {
	signaalvolume.uitkomst == "nee" with input as testinvoer.met_signalen({"aantal90": 9, "aantal365": 9, "overschrijdingskans": 0.4})
		with data.drempels as _drempels
}

test_nee_alles_nul if {
	signaalvolume.uitkomst == "nee" with input as testinvoer.met_signalen({"aantal90": 0, "aantal365": 0, "aantalVorigJaar": 0, "overschrijdingskans": 1})
		with data.drempels as _drempels
}

test_ja_kans_nul if {
	signaalvolume.uitkomst == "ja" with input as testinvoer.met_signalen({"aantal90": 4, "aantal365": 4, "overschrijdingskans": 0})
		with data.drempels as _drempels
}

test_onbekend_zonder_cijfers if {
	signaalvolume.uitkomst == "onbekend" with input as testinvoer.zonder("aanbieder/signalen")
		with data.drempels as _drempels
}

test_onbekend_zonder_aanbieder if {
	signaalvolume.uitkomst == "onbekend" with input as testinvoer.zonder("aanbieder")
		with data.drempels as _drempels
}

test_ja_voor_elke_sector if {
	signaalvolume.uitkomst == "ja" with input as testinvoer.met({"melding": {"sector": "ggz"}, "aanbieder": {"signalen": {"aantal365": 10}}})
		with data.drempels as _drempels
}

_drempels := {"sectoren": {
	"standaard": {"aantal365": 10, "ernstig365": 3, "aantal90": 4, "overschrijdingskans": 0.01},
	"mondzorg": {"aantal365": 20},
}}

test_nee_een_sector_met_een_eigen_hogere_drempel if {
	signaalvolume.uitkomst == "nee" with input as testinvoer.met({
		"melding": {"sector": "mondzorg"},
		"aanbieder": {"signalen": {"aantal365": 19}},
	})
		with data.drempels as _drempels
}

test_ja_een_sector_op_de_eigen_drempel if {
	signaalvolume.uitkomst == "ja" with input as testinvoer.met({
		"melding": {"sector": "mondzorg"},
		"aanbieder": {"signalen": {"aantal365": 20}},
	})
		with data.drempels as _drempels
}

test_ja_wat_een_sector_niet_noemt_komt_van_standaard if {
	signaalvolume.uitkomst == "ja" with input as testinvoer.met({
		"melding": {"sector": "mondzorg"},
		"aanbieder": {"signalen": {"ernstig365": 3}},
	})
		with data.drempels as _drempels
}

test_ja_een_sector_zonder_eigen_rij_gebruikt_standaard if {
	signaalvolume.uitkomst == "ja" with input as testinvoer.met({
		"melding": {"sector": "ggz"},
		"aanbieder": {"signalen": {"aantal365": 10}},
	})
		with data.drempels as _drempels
}
