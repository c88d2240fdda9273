# METADATA
# title: Termijn bewaken
# description: "De aanbieder heeft nog niet geantwoord en heeft daar nog tijd voor. Bewaak de termijn."
# custom:
#   code: termijn_bewaken
#   volgorde: 110
package stappen.termijn_bewaken

default geldt := false

geldt if {
	input.melding.klachtBijAanbieder
	not input.melding.klachtBijAanbieder.antwoordOp
	not input.afgeleid.reactietermijn.verstreken
}
