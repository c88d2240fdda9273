# METADATA
# title: Aanvullen
# description: "Er ontbreken feiten die belangrijk zijn voor de beoordeling. Vraag de melder om aanvulling."
# custom:
#   code: aanvullen
#   volgorde: 140
package stappen.aanvullen

default geldt := false

geldt if {
	input.melding.anonimiteit != "volledig"
	some code in _nodig
	data.criteria[code].uitkomst == "onbekend"
}

_nodig := {
	"ernstige_bedreiging",
	"ernstig_schadelijk_gevolg",
	"geweld_zorgrelatie",
	"spoed",
	"ouder_dan_twee_jaar",
}
