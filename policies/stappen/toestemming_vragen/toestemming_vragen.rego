# METADATA
# title: Toestemming vragen
# description: "Vraag de melder of zijn gegevens naar een inspecteur mogen. Zonder toestemming gaan er geen persoonsgegevens mee."
# custom:
#   code: toestemming_vragen
#   volgorde: 20
package stappen.toestemming_vragen

default geldt := false

geldt if {
	data.main.toestemming_nodig
	input.melding.toestemming.inspecteur == "niet_gevraagd"
}
