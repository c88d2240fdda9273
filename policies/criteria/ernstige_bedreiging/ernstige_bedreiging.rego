# METADATA
# title: Ernstige bedreiging
# description: "Er is mogelijk een ernstige bedreiging voor de veiligheid van cliënten of van de zorg."
# related_resources:
#   - ref: https://wetten.overheid.nl/BWBR0037173
#     description: "Wkkgz, artikel 25, eerste lid; Uitvoeringsbesluit Wkkgz, artikel 8.20, eerste lid, onder a"
# custom:
#   code: ernstige_bedreiging
#   soort: grond
#   volgorde: 10
#   feiten: [melding.feiten.bedreiging]
#   zinnen:
#     ja: "Er is een bedreiging, of die is mogelijk: dat is een grond voor onderzoek."
#     nee: "Er is geen bedreiging voor de veiligheid."
#     onbekend: "We weten nog niet of er een bedreiging is."
package criteria.ernstige_bedreiging

default uitkomst := "onbekend"

uitkomst := "ja" if input.melding.feiten.bedreiging in {"ja", "mogelijk"}

uitkomst := "nee" if input.melding.feiten.bedreiging == "nee"
