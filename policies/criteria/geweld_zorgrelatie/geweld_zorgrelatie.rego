# METADATA
# title: Geweld in de zorgrelatie
# description: "Iemand van de instelling, of een andere cliënt, gebruikte geweld tegen de cliënt."
# related_resources:
#   - ref: https://wetten.overheid.nl/BWBR0037173
#     description: "Wkkgz, artikel 1 en artikel 11, eerste lid, onder b"
# custom:
#   code: geweld_zorgrelatie
#   soort: grond
#   volgorde: 50
#   feiten: [melding.feiten.geweld]
#   zinnen:
#     ja: "Er is geweld in de zorgrelatie gemeld."
#     nee: "Er is geen geweld in de zorgrelatie."
#     onbekend: "We weten nog niet of er geweld in de zorgrelatie was."
package criteria.geweld_zorgrelatie

default uitkomst := "onbekend"

uitkomst := "ja" if input.melding.feiten.geweld == "ja"

uitkomst := "nee" if input.melding.feiten.geweld == "nee"
