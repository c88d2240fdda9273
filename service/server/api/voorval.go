package api

import (
	"strconv"
	"strings"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// fromVoorval gives what happened its form on the wire.
func (h *Handler) fromVoorval(v domain.Voorval) Voorval {
	out := Voorval{
		Nr: v.Nr, Soort: string(v.Soort), Op: v.Op, Door: Uitvoerder{ID: v.Door.ID, Rol: string(v.Door.Rol)},
		Omschrijving: h.omschrijving(v), Gegevens: v.Gegevens, Velden: make([]VeldWijziging, 0, len(v.Velden)),
	}
	if out.Gegevens == nil {
		out.Gegevens = map[string]string{}
	}
	for _, w := range v.Velden {
		out.Velden = append(out.Velden, VeldWijziging{Veld: w.Veld, Van: given(w.Van), Naar: given(w.Naar)})
	}
	return out
}

// omschrijving says in a sentence what happened.
func (h *Handler) omschrijving(v domain.Voorval) string {
	g := v.Gegevens
	switch v.Soort {
	case domain.VoorvalOntvangen:
		return h.texts.Sentence("voorval.soort.ontvangen", h.word("voorval.kanaal.", g["kanaal"]))
	case domain.VoorvalGewijzigd:
		return h.texts.Sentence("voorval.soort.gewijzigd", fields(v.Velden))
	case domain.VoorvalKlacht:
		return h.texts.Sentence("voorval.soort.klacht_bij_aanbieder", fields(v.Velden))
	case domain.VoorvalKlachtWeg:
		return h.texts.Sentence("voorval.soort.klacht_ingetrokken")
	case domain.VoorvalAdvies:
		if g["advies"] == string(domain.Beoordelen) {
			return h.texts.Sentence("voorval.soort.beoordelen", h.word("voorval.reden.", g["reden"]))
		}
		return h.texts.Sentence("voorval.soort.advies", g["advies"], h.word("voorval.aanleiding.", g["aanleiding"]))
	case domain.VoorvalToestemming:
		return h.texts.Sentence("voorval.soort.toestemming", g["doel"], h.word("voorval.toestemming.", g["status"]))
	case domain.VoorvalMijlpaalAf:
		if g["was"] == "" {
			return h.texts.Sentence("voorval.soort.mijlpaal_verbeterd", h.texts.Sentence("mijlpaal."+g["mijlpaal"]), fields(v.Velden))
		}
		return h.texts.Sentence("voorval.soort.mijlpaal_gewijzigd", h.texts.Sentence("mijlpaal."+g["mijlpaal"]), day(g["was"]), day(g["datum"]))
	case domain.VoorvalMijlpaal, domain.VoorvalMijlpaalWeg:
		return h.texts.Sentence("voorval.soort."+string(v.Soort), h.texts.Sentence("mijlpaal."+g["mijlpaal"]), day(g["datum"]))
	default:
		if _, about := g["termijn"]; about {
			return h.overTermijn(v)
		}
		return h.overAlarm(v)
	}
}

// overTermijn says what happened to a term.
func (h *Handler) overTermijn(v domain.Voorval) string {
	g := v.Gegevens
	titel := h.app.TermijnTitel(term.Soort(g["termijn"]))
	switch v.Soort {
	case domain.VoorvalTermijnAf:
		switch {
		case g["was"] != "" && g["aanleiding"] == "kalender":
			return h.texts.Sentence("voorval.soort.termijn_verschoven_kalender", titel, day(g["was"]), day(g["einddatum"]))
		case g["was"] != "":
			return h.texts.Sentence("voorval.soort.termijn_verschoven", titel, day(g["was"]), day(g["einddatum"]))
		}
		return h.texts.Sentence("voorval.soort.termijn_gewijzigd", titel, day(g["einddatum"]))
	case domain.VoorvalTermijn, domain.VoorvalVervallen, domain.VoorvalNadert, domain.VoorvalVerstreken:
		return h.texts.Sentence("voorval.soort."+string(v.Soort), titel, day(g["einddatum"]))
	case domain.VoorvalVoldaan:
		return h.texts.Sentence("voorval.soort.termijn_voldaan", titel, day(g["voldaanOp"]), day(g["einddatum"]))
	case domain.VoorvalBeeindigd:
		return h.texts.Sentence("voorval.soort.termijn_beeindigd", titel, day(g["beeindigdOp"]), day(g["einddatum"]))
	case domain.VoorvalHerinnering:
		key := "voorval.soort.herinnering_voor"
		if days, err := strconv.Atoi(g["dagen"]); err == nil && days > 0 {
			key = "voorval.soort.herinnering_na"
		}
		return h.texts.Sentence(key, titel, day(g["einddatum"]))
	default:
		return string(v.Soort)
	}
}

// overAlarm says who has a melding in hand, and who was told of it.
func (h *Handler) overAlarm(v domain.Voorval) string {
	g := v.Gegevens
	switch v.Soort {
	case domain.VoorvalToegewezen:
		if g["aan"] == "" {
			return h.texts.Sentence("voorval.soort.niet_toegewezen")
		}
		return h.texts.Sentence("voorval.soort.toegewezen", g["aan"])
	case domain.VoorvalAlarm:
		return h.texts.Sentence("voorval.soort.alarm_begonnen", g["advies"])
	case domain.VoorvalAlarmVervallen:
		return h.alarmVervallen(g) + h.tussendoor(g["vanaf"], g["ronde"])
	case domain.VoorvalAlarmRonde:
		text := h.texts.Sentence("voorval.soort.alarm_gegeven", g["ronde"], g["aan"])
		if g["aan"] == "" {
			text = h.texts.Sentence("voorval.soort.alarm_niemand", g["ronde"])
		}
		return text + h.tussendoor(g["vanaf"], previous(g["ronde"]))
	case domain.VoorvalAangenomen:
		return h.texts.Sentence("voorval.soort.alarm_aangenomen") + h.tussendoor(g["vanaf"], g["ronde"])
	default:
		return string(v.Soort)
	}
}

// alarmVervallen says why an alarm lapsed.
func (h *Handler) alarmVervallen(g map[string]string) string {
	if g["advies"] == string(domain.Escaleren) {
		return h.texts.Sentence("voorval.soort.alarm_vervangen", g["advies"])
	}
	return h.texts.Sentence("voorval.soort.alarm_vervallen", g["advies"])
}

// tussendoor adds the rounds of an alarm that stand in no event of their own; nothing
// when there are none.
func (h *Handler) tussendoor(van, tot string) string {
	switch van {
	case "":
		return ""
	case tot:
		return " " + h.texts.Sentence("voorval.soort.alarm_eerder", van)
	default:
		return " " + h.texts.Sentence("voorval.soort.alarm_eerdere", van, tot)
	}
}

// previous is the number before the one in text; what is none stays as it is.
func previous(text string) string {
	if n, err := strconv.Atoi(text); err == nil {
		return strconv.Itoa(n - 1)
	}
	return text
}

// word is a code in words; one that has none stays as it is.
func (h *Handler) word(area, code string) string {
	if _, known := h.texts[area+code]; known {
		return h.texts.Sentence(area + code)
	}
	return code
}

// day is a date that a sentence writes out; what is none stays as it is.
func day(text string) any {
	if d, err := term.ParseDate(text); err == nil {
		return d
	}
	return text
}

func fields(changes []domain.VeldWijziging) string {
	names := make([]string, 0, len(changes))
	for _, w := range changes {
		names = append(names, w.Veld)
	}
	return strings.Join(names, ", ")
}
