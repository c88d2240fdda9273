# METADATA
# title: Toestemming afwachten
# description: "De melder is om toestemming gevraagd. Wacht zijn antwoord af voordat persoonsgegevens naar een inspecteur gaan."
# custom:
#   code: toestemming_afwachten
#   volgorde: 30
package stappen.toestemming_afwachten

default geldt := false

geldt if {
	data.main.toestemming_nodig
	input.melding.toestemming.inspecteur == "gevraagd"
}
