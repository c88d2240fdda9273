# METADATA
# title: Voorleggen zonder persoonsgegevens
# description: "Leg het signaal voor aan de inspecteur zonder gegevens van de melder. Noem wel de aanbieder."
# custom:
#   code: zonder_persoonsgegevens_voorleggen
#   volgorde: 40
package stappen.zonder_persoonsgegevens_voorleggen

default geldt := false

geldt if {
	data.main.voorleggen
	not data.main.persoonlijk
}

geldt if {
	data.main.voorleggen
	input.melding.anonimiteit == "volledig"
}

geldt if {
	data.main.voorleggen
	input.melding.toestemming.inspecteur in {"geweigerd", "ingetrokken"}
}

geldt if {
	data.main.advies == "escaleren"
	input.melding.toestemming.inspecteur != "gegeven"
}
