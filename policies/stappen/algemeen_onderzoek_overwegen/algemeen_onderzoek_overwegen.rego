# METADATA
# title: Algemeen onderzoek overwegen
# description: "Er zijn veel of ernstige signalen over deze aanbieder. De inspectie kan een algemeen onderzoek doen. Daar zijn geen persoonsgegevens voor nodig."
# custom:
#   code: algemeen_onderzoek_overwegen
#   volgorde: 80
package stappen.algemeen_onderzoek_overwegen

default geldt := false

geldt if data.criteria.signaalvolume.uitkomst == "ja"
