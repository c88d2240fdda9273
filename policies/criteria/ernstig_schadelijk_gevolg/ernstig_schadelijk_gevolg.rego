# METADATA
# title: Ernstig schadelijk gevolg door de zorg
# description: "De cliënt heeft ernstige schade of is overleden, en dat komt of kan komen doordat iets in de zorg niet goed ging."
# related_resources:
#   - ref: https://wetten.overheid.nl/BWBR0037173
#     description: "Wkkgz, artikel 1 (calamiteit) en artikel 25, eerste lid; criterium van de IGJ"
# custom:
#   code: ernstig_schadelijk_gevolg
#   soort: grond
#   volgorde: 20
#   feiten: [melding.feiten.schade, melding.feiten.schadeDoorZorg]
#   zinnen:
#     ja: "De schade is ernstig en komt door de zorg, of dat is mogelijk."
#     nee: "De schade is niet ernstig, of de schade komt niet door de zorg."
#     onbekend: "We weten nog niet of er ernstige schade is die door de zorg komt."
package criteria.ernstig_schadelijk_gevolg

default uitkomst := "onbekend"

uitkomst := "ja" if {
	input.melding.feiten.schade in {"ernstig_lichamelijk", "ernstig_psychisch", "overleden"}
	input.melding.feiten.schadeDoorZorg in {"ja", "mogelijk"}
}

uitkomst := "nee" if input.melding.feiten.schade in {"geen", "licht"}

uitkomst := "nee" if input.melding.feiten.schadeDoorZorg == "nee"
