# METADATA
# title: Adviseer de klachtroute
# description: "De melder heeft nog geen klacht bij de aanbieder ingediend. Leg uit hoe dat kan en wie daarbij helpt."
# custom:
#   code: klachtroute_adviseren
#   volgorde: 100
package stappen.klachtroute_adviseren

default geldt := false

geldt if {
	input.melding.soort == "klacht"
	not input.melding.klachtBijAanbieder
	input.melding.regime in {"wkkgz", "jeugdwet"}
}
