# METADATA
# title: Langer dan twee jaar geleden
# description: "De gebeurtenis is meer dan twee jaar voor de melding geëindigd. Dan volgt meestal geen onderzoek, tenzij dat toch noodzakelijk is."
# related_resources:
#   - ref: https://wetten.overheid.nl/BWBR0037262
#     description: "Uitvoeringsbesluit Wkkgz, artikel 8.20, tweede lid, onder c"
# custom:
#   code: ouder_dan_twee_jaar
#   soort: uitsluiting
#   volgorde: 80
#   feiten: [melding.gebeurtenis.van, melding.gebeurtenis.tot, melding.gebeurtenis.voortdurend, melding.ontvangstdatum]
#   zinnen:
#     ja: "De gebeurtenis is langer dan twee jaar voor de ontvangst van de melding geëindigd."
#     nee: "De gebeurtenis duurt voort, of is niet langer dan twee jaar voor de ontvangst van de melding geëindigd."
#     onbekend: "We weten nog niet wanneer de gebeurtenis was."
package criteria.ouder_dan_twee_jaar

default uitkomst := "onbekend"

uitkomst := "nee" if input.melding.gebeurtenis.voortdurend

uitkomst := "nee" if input.afgeleid.jarenVerstreken < data.ouderdom.jaren

uitkomst := "ja" if {
	not input.melding.gebeurtenis.voortdurend
	input.afgeleid.jarenVerstreken >= data.ouderdom.jaren
}
