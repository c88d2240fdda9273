# METADATA
# title: Aanbieder voldoet niet aan klachtplicht
# description: "De aanbieder heeft geen klachtenregeling, geen klachtenfunctionaris of geen geschilleninstantie, of schendt de geheimhouding."
# related_resources:
#   - ref: https://wetten.overheid.nl/BWBR0037262
#     description: "Uitvoeringsbesluit Wkkgz, artikel 8.20, eerste lid, onder b"
# custom:
#   code: klachtplicht_gebrek
#   soort: grond
#   volgorde: 40
#   feiten: [melding.feiten.klachtplichtGebreken]
#   zinnen:
#     ja: "De aanbieder voldoet niet aan een of meer klachtplichten."
#     nee: "Er is geen gebrek in de klachtplichten van de aanbieder gemeld."
#     onbekend: "Het is niet bekend of de aanbieder aan zijn klachtplichten voldoet."
package criteria.klachtplicht_gebrek

default uitkomst := "nee"

uitkomst := "ja" if some _ in input.melding.feiten.klachtplichtGebreken
