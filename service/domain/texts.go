package domain

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/term"
)

//go:embed nl.json
var dutch []byte

// Texts holds every Dutch sentence that code fills in, by key.
type Texts map[string]string

// LoadTexts reads nl.json.
func LoadTexts() (Texts, error) {
	var t Texts
	if err := json.Unmarshal(dutch, &t); err != nil {
		return nil, fmt.Errorf("read texts: %w", err)
	}
	return t, nil
}

// Sentence gives the sentence of key with args filled in. Dates are written out
// ("maandag 27 april 2026"), moments as LongMoment does, numbers with a fraction with a
// comma. A key without a sentence gives the key itself; a test keeps that from happening.
func (t Texts) Sentence(key string, args ...any) string {
	s, ok := t[key]
	if !ok {
		return key
	}
	args = append([]any(nil), args...)
	for i, a := range args {
		switch v := a.(type) {
		case term.Date:
			args[i] = LongDate(v)
		case time.Time:
			args[i] = LongMoment(v)
		case float64:
			args[i] = strings.Replace(strconv.FormatFloat(v, 'f', -1, 64), ".", ",", 1)
		}
	}
	return fmt.Sprintf(s, args...)
}

// LongMoment writes a moment out in Dutch in its own zone: the day and the time
// to the minute.
func LongMoment(t time.Time) string {
	return LongDate(term.DateIn(t, t.Location())) + t.Format(" 15:04")
}

// LongDate writes a date out in Dutch, with the day of the week.
func LongDate(d term.Date) string {
	days := [...]string{"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"}
	months := [...]string{
		"januari", "februari", "maart", "april", "mei", "juni", "juli",
		"augustus", "september", "oktober", "november", "december",
	}
	return fmt.Sprintf("%s %d %s %d", days[d.Weekday()], d.Day(), months[d.Month()-time.January], d.Year())
}
