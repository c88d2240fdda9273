# METADATA
# title: Andere procedure
# description: "Voor deze melding is een andere wettelijke procedure bedoeld."
# related_resources:
#   - ref: https://wetten.overheid.nl/BWBR0037262
#     description: "Uitvoeringsbesluit Wkkgz, artikel 8.20, tweede lid, onder a"
# custom:
#   code: andere_procedure
#   soort: uitsluiting
#   volgorde: 100
#   feiten: [melding.feiten.andereProcedure]
#   zinnen:
#     ja: "Voor deze melding is een andere procedure bedoeld."
#     nee: "Er is geen andere procedure genoemd."
#     onbekend: "Het is niet bekend of er een andere procedure is."
package criteria.andere_procedure

default uitkomst := "nee"

uitkomst := "ja" if {
	input.melding.feiten.andereProcedure in {
		"tuchtrecht",
		"wvggz",
		"wzd",
		"om",
		"euthanasiecommissie",
		"product",
		"anders",
	}
}
