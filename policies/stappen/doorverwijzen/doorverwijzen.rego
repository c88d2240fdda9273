# METADATA
# title: Doorverwijzen
# description: "Een andere instantie of procedure past bij deze melding. Verwijs de melder daarheen."
# custom:
#   code: doorverwijzen
#   volgorde: 90
package stappen.doorverwijzen

default geldt := false

geldt if data.criteria.andere_procedure.uitkomst == "ja"

geldt if input.melding.regime == "overig"
