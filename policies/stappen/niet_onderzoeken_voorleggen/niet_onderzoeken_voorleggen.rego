# METADATA
# title: Voorstel om niet te onderzoeken voorleggen
# description: "Er is een grond, maar ook een reden om niet te onderzoeken. Een mens bevestigt dit voorstel of wijst het af."
# custom:
#   code: niet_onderzoeken_voorleggen
#   volgorde: 60
package stappen.niet_onderzoeken_voorleggen

default geldt := false

geldt if {
	data.main.grond
	data.main.uitgesloten
}
