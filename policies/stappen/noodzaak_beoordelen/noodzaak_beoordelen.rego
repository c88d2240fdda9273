# METADATA
# title: Beoordeel of onderzoek toch nodig is
# description: "De gebeurtenis is langer dan twee jaar geleden, maar er is een grond. Beoordeel of onderzoek toch noodzakelijk is en leg de reden vast."
# custom:
#   code: noodzaak_beoordelen
#   volgorde: 50
package stappen.noodzaak_beoordelen

default geldt := false

geldt if {
	data.main.grond
	data.criteria.ouder_dan_twee_jaar.uitkomst == "ja"
	not input.melding.feiten.noodzaakOndanksOuderdom == "ja"
}
