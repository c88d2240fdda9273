package post

import (
	"net/mail"
	"strings"

	gomail "github.com/wneessen/go-mail"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// brief is b as a mail to one address. The same message is the same mail, byte for
// byte, each time that it is sent.
func (v *Verzender) brief(b domain.Bericht, to *mail.Address) *gomail.Msg {
	m := gomail.NewMsg(gomail.WithCharset(gomail.CharsetUTF8), gomail.WithEncoding(gomail.EncodingQP), gomail.WithNoDefaultUserAgent())
	m.FromMailAddress(v.afzender)
	m.ToMailAddress(to)
	subject, text := v.tekst(b)
	m.Subject(subject)
	m.SetDateWithValue(b.Op.In(v.zone))
	m.SetMessageIDWithValue(b.ID + "@" + v.domein)
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetGenHeader("Content-Language", "nl")
	m.SetBodyString(gomail.TypeTextPlain, text)
	return m
}

// tekst gives subject and text of b.
func (v *Verzender) tekst(b domain.Bericht) (subject, text string) {
	say := v.texts.Sentence
	var lines []string
	switch {
	case b.Bundel():
		subject, lines = v.bundel(b)
	case b.Soort == domain.BerichtAlarm:
		subject = say("post.onderwerp_alarm", b.Kenmerk)
		lines = []string{
			say("post.alarm"), "",
			say("post.kenmerk", b.Kenmerk), say("post.advies", string(b.Advies)),
			say("post.moment", domain.LongMoment(b.Op.In(v.zone))), say("post.ronde", b.Ronde), "",
			say("post.doen_alarm"),
		}
	default:
		subject, lines = v.herinnering(b)
	}
	if b.Namens != "" {
		lines = append(lines, "", say("post.vervanger"))
	}
	lines = append(lines, "", say("post.slot"))
	return subject, strings.Join(lines, "\n") + "\n"
}

// bundel is a message of many alarms.
func (v *Verzender) bundel(b domain.Bericht) (subject string, lines []string) {
	say := v.texts.Sentence
	return say("post.onderwerp_bundel", v.texts.AantalAlarmen(b)), []string{
		say("post.bundel"), "",
		say("post.aantal", v.texts.AantalAlarmen(b)), say("post.eerste", b.Kenmerk, domain.LongMoment(b.Sinds.In(v.zone))), v.texts.BeleidBijAlarm(b),
		say("post.moment", domain.LongMoment(b.Op.In(v.zone))), say("post.ronde", b.Ronde), "",
		say("post.doen_bundel"),
	}
}

// herinnering is a reminder: before the end of a term or on its day, or after it.
func (v *Verzender) herinnering(b domain.Bericht) (subject string, lines []string) {
	say := v.texts.Sentence
	subject, first := say("post.onderwerp_nadert", b.Kenmerk, b.Einddatum), say("post.nadert")
	if b.Dagen > 0 {
		subject, first = say("post.onderwerp_verstreken", b.Kenmerk, b.Einddatum), say("post.verstreken")
	}
	return subject, []string{
		first, "",
		say("post.kenmerk", b.Kenmerk), say("post.termijn", v.titel(b.Termijn)), say("post.laatste_dag", b.Einddatum), "",
		say("post.doen_termijn"),
	}
}
