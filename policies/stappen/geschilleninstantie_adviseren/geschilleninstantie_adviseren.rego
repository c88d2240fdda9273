# METADATA
# title: Adviseer de geschilleninstantie
# description: "De aanbieder antwoordde niet op tijd of niet voldoende. De melder kan naar de geschilleninstantie (Wkkgz, artikel 21)."
# custom:
#   code: geschilleninstantie_adviseren
#   volgorde: 120
package stappen.geschilleninstantie_adviseren

default geldt := false

geldt if {
	input.melding.regime == "wkkgz"
	input.melding.klachtBijAanbieder
	not input.melding.klachtBijAanbieder.antwoordOp
	input.afgeleid.reactietermijn.verstreken
}

geldt if {
	input.melding.regime == "wkkgz"
	input.melding.klachtBijAanbieder.antwoordOp
	input.melding.klachtBijAanbieder.antwoordVoldoende == "nee"
}
