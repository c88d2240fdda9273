# METADATA
# title: Belang van goede zorg
# description: "Een medewerker vindt dat onderzoek nodig is in het belang van goede zorg."
# related_resources:
#   - ref: https://wetten.overheid.nl/BWBR0037173
#     description: "Wkkgz, artikel 25, eerste lid"
# custom:
#   code: belang_goede_zorg
#   soort: grond
#   volgorde: 30
#   feiten: [melding.feiten.belangGoedeZorg]
#   zinnen:
#     ja: "Een medewerker heeft vastgelegd dat het belang van goede zorg om onderzoek vraagt."
#     nee: "Geen medewerker heeft vastgelegd dat het belang van goede zorg om onderzoek vraagt."
#     onbekend: "Het is niet bekend of het belang van goede zorg om onderzoek vraagt."
package criteria.belang_goede_zorg

default uitkomst := "nee"

uitkomst := "ja" if input.melding.feiten.belangGoedeZorg == "ja"
