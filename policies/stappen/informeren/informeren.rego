# METADATA
# title: Informeren
# description: "De melder heeft alleen een vraag. Geef de informatie en wijs op de mogelijkheden."
# custom:
#   code: informeren
#   volgorde: 10
package stappen.informeren

default geldt := false

geldt if input.melding.soort == "vraag"
