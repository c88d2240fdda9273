# METADATA
# title: Calamiteit misschien niet gemeld
# description: "Er lijkt een calamiteit te zijn die de aanbieder niet zelf bij de inspectie heeft gemeld. Melden is verplicht."
# related_resources:
#   - ref: https://wetten.overheid.nl/BWBR0037173
#     description: "Wkkgz, artikel 11, eerste lid, onder a"
# custom:
#   code: ongemelde_calamiteit
#   soort: aandacht
#   volgorde: 110
#   feiten: [melding.feiten.schade, melding.feiten.schadeDoorZorg, melding.feiten.calamiteitGemeld]
#   zinnen:
#     ja: "Er is ernstige schade door de zorg en de aanbieder heeft dat niet als calamiteit gemeld."
#     nee: "Er is geen ernstige schade door de zorg, of de aanbieder heeft de calamiteit al gemeld."
#     onbekend: "We weten nog niet of er een calamiteit is die de aanbieder niet heeft gemeld."
package criteria.ongemelde_calamiteit

default uitkomst := "onbekend"

uitkomst := "ja" if {
	data.criteria.ernstig_schadelijk_gevolg.uitkomst == "ja"
	input.melding.feiten.calamiteitGemeld == "nee"
}

uitkomst := "nee" if data.criteria.ernstig_schadelijk_gevolg.uitkomst == "nee"

uitkomst := "nee" if {
	data.criteria.ernstig_schadelijk_gevolg.uitkomst == "ja"
	input.melding.feiten.calamiteitGemeld == "ja"
}
