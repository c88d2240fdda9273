package stappen.informeren_test

import data.lib.testinvoer
import data.stappen.informeren

test_ja_bij_een_vraag if {
	informeren.geldt with input as testinvoer.met_melding({"soort": "vraag"})
}

test_nee_bij_een_klacht if {
	not informeren.geldt with input as testinvoer.met_melding({"soort": "klacht"})
}

test_nee_bij_een_andere_melding if {
	not informeren.geldt with input as testinvoer.met_melding({"soort": "andere_melding"})
}

test_nee_zonder_soort if {
	not informeren.geldt with input as testinvoer.zonder("melding/soort")
}
