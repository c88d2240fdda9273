# METADATA
# title: Al eerder onderzocht
# description: "De inspectie heeft deze melding al eerder onderzocht."
# related_resources:
#   - ref: https://wetten.overheid.nl/BWBR0037262
#     description: "Uitvoeringsbesluit Wkkgz, artikel 8.20, tweede lid, onder b"
# custom:
#   code: eerder_onderzocht
#   soort: uitsluiting
#   volgorde: 90
#   feiten: [melding.feiten.eerderOnderzocht]
#   zinnen:
#     ja: "De inspectie heeft deze melding al eerder onderzocht."
#     nee: "Er is niet vastgelegd dat de inspectie deze melding eerder heeft onderzocht."
#     onbekend: "Het is niet bekend of de inspectie deze melding eerder heeft onderzocht."
package criteria.eerder_onderzocht

default uitkomst := "nee"

uitkomst := "ja" if input.melding.feiten.eerderOnderzocht == "ja"
