# METADATA
# title: Veel of ernstige signalen over deze aanbieder
# description: "Over deze aanbieder zijn veel of ernstige signalen binnengekomen. De IGJ publiceert geen aantallen; de drempels zijn een eigen keuze van het meldpunt."
# related_resources:
#   - ref: https://www.igj.nl/onderwerpen/klacht-of-vraag-over-zorg-of-jeugdhulp
#     description: "Werkwijze IGJ: veel of ernstige signalen; de drempels zijn een eigen keuze van het meldpunt"
# custom:
#   code: signaalvolume
#   soort: signaal
#   volgorde: 70
#   feiten: [aanbieder.signalen.aantal365, aanbieder.signalen.ernstig365, aanbieder.signalen.aantal90, aanbieder.signalen.overschrijdingskans]
#   zinnen:
#     ja: "Minstens één cijfer haalt de drempel die het meldpunt zelf koos: het aantal signalen, het aantal ernstige signalen of de stijging."
#     nee: "Het aantal signalen, het aantal ernstige signalen en de stijging blijven onder de drempels die het meldpunt zelf koos."
#     onbekend: "De signaalcijfers van deze aanbieder zijn niet bekend."
package criteria.signaalvolume

default uitkomst := "onbekend"

uitkomst := "ja" if _te_veel

uitkomst := "nee" if {
	_cijfers_bekend
	not _te_veel
}

_te_veel if _signalen.aantal365 >= _drempel("aantal365")

_te_veel if _signalen.ernstig365 >= _drempel("ernstig365")

_te_veel if {
	_signalen.aantal90 >= _drempel("aantal90")
	_signalen.overschrijdingskans < _drempel("overschrijdingskans")
}

_signalen := input.aanbieder.signalen

_cijfers_bekend if _signalen.aantal365 >= 0

# A sector row may hold only what differs from the standard row.
_drempel(naam) := waarde if {
	waarde := data.drempels.sectoren[input.melding.sector][naam]
} else := data.drempels.sectoren.standaard[naam]
