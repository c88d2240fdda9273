# METADATA
# title: Adviseer de klachtencommissie
# description: "Het antwoord van de jeugdhulpaanbieder is niet voldoende. De melder kan naar de klachtencommissie (Jeugdwet, artikel 4.2.1)."
# custom:
#   code: klachtencommissie_adviseren
#   volgorde: 130
package stappen.klachtencommissie_adviseren

default geldt := false

geldt if {
	input.melding.regime == "jeugdwet"
	input.melding.klachtBijAanbieder.antwoordOp
	input.melding.klachtBijAanbieder.antwoordVoldoende == "nee"
}
