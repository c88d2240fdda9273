# METADATA
# title: Spoed
# description: "Er zijn direct maatregelen nodig, of de bedreiging is er nu nog."
# related_resources:
#   - ref: https://wetten.overheid.nl/BWBR0037262
#     description: "Uitvoeringsbesluit Wkkgz, artikel 8.27"
# custom:
#   code: spoed
#   soort: spoed
#   volgorde: 60
#   feiten: [melding.feiten.directeMaatregelen, melding.feiten.bedreiging, melding.feiten.bedreigingActueel]
#   zinnen:
#     ja: "Er zijn direct maatregelen nodig, of er is nu een bedreiging."
#     nee: "Er zijn geen directe maatregelen nodig en er is nu geen zekere bedreiging."
#     onbekend: "We weten nog niet of er direct maatregelen nodig zijn of dat er nu een bedreiging is."
package criteria.spoed

default uitkomst := "onbekend"

uitkomst := "ja" if input.melding.feiten.directeMaatregelen == "ja"

uitkomst := "ja" if {
	input.melding.feiten.bedreiging == "ja"
	input.melding.feiten.bedreigingActueel == "ja"
}

uitkomst := "nee" if {
	input.melding.feiten.directeMaatregelen == "nee"
	input.melding.feiten.bedreiging in {"nee", "mogelijk"}
}

uitkomst := "nee" if {
	input.melding.feiten.directeMaatregelen == "nee"
	input.melding.feiten.bedreigingActueel == "nee"
}
