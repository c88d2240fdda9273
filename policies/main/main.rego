# METADATA
# title: Triage van meldingen
# description: Verzamelt de uitkomsten van alle criteria, kiest het advies en de stappen.
package main

# METADATA
# title: Besluit
# description: Het antwoord op één vraag. Alleen codes; de teksten staan bij de criteria en de stappen.
# entrypoint: true
besluit := {"advies": advies, "criteria": criteria, "stappen": stappen}

# METADATA
# title: Advies
# description: De eerste regel die past. Spoed en geweld gaan voor alles, ook voor een uitsluiting.
# entrypoint: true
default advies := "registreren"

advies := "escaleren" if _escaleren

else := "onderzoeken" if {
	grond
	not uitgesloten
}

else := "doorsturen" if grond

else := "doorsturen" if _signaal

# METADATA
# title: Criteria
# description: De uitkomst van elk criterium uit de catalogus, zonder er een te noemen.
criteria := data.verzameld.uitkomsten

# METADATA
# title: Stappen
# description: De stappen die gelden. Elke stap staat op zichzelf.
stappen := data.verzameld.stappen

# METADATA
# title: Grond
# description: Er is een grond voor onderzoek.
grond if some _ in data.verzameld.grond

# METADATA
# title: Uitgesloten
# description: Er is een reden om niet te onderzoeken. Een onbekende datum sluit niets uit.
uitgesloten if {
	some code in data.verzameld.uitsluiting
	not _opgeheven(code)
}

# METADATA
# title: Voorleggen
# description: Het advies is hoger dan registreren.
voorleggen if advies != "registreren"

# METADATA
# title: Persoonlijk
# description: Voor dit advies zijn gegevens van de melder van belang.
persoonlijk if grond

persoonlijk if _spoed

# METADATA
# title: Toestemming nodig
# description: Voorleggen vraagt om toestemming van een melder die we kennen.
toestemming_nodig if {
	voorleggen
	persoonlijk
	input.melding.anonimiteit != "volledig"
}

_escaleren if _spoed

_escaleren if data.criteria.geweld_zorgrelatie.uitkomst == "ja"

_spoed if some _ in data.verzameld.spoed

_signaal if some _ in data.verzameld.signaal

# Old, but a person found that an investigation is necessary all the same.
_opgeheven("ouder_dan_twee_jaar") if input.melding.feiten.noodzaakOndanksOuderdom == "ja"
