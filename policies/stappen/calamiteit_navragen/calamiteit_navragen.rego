# METADATA
# title: Navragen of de calamiteit is gemeld
# description: "Dit kan een calamiteit zijn. Vraag na of de aanbieder die zelf bij de inspectie heeft gemeld."
# custom:
#   code: calamiteit_navragen
#   volgorde: 70
package stappen.calamiteit_navragen

default geldt := false

geldt if {
	data.criteria.ernstig_schadelijk_gevolg.uitkomst == "ja"
	data.criteria.ongemelde_calamiteit.uitkomst in {"ja", "onbekend"}
}
