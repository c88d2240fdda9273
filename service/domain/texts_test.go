package domain_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

func texts(t *testing.T) domain.Texts {
	t.Helper()
	all, err := domain.LoadTexts()
	require.NoError(t, err)
	return all
}

// verbs counts the places in a sentence that arguments fill.
func verbs(sentence string) int {
	return len(regexp.MustCompile(`%[^%]`).FindAllString(strings.ReplaceAll(sentence, "%%", ""), -1))
}

func TestEveryKeyInTheCodeHasASentenceWithAPlaceForEachArgument(t *testing.T) {
	all := texts(t)
	used := readSource(t).uses
	require.NotEmpty(t, used)
	for _, u := range used {
		sentence, there := all[u.key]
		if !assert.True(t, there, "%s: no sentence for %s", u.at, u.key) || u.args == unknownArgs {
			continue
		}
		assert.Equal(t, verbs(sentence), u.args, "%s: %s is given %d arguments: %s", u.at, u.key, u.args, sentence)
	}
}

func TestEveryKindOfFailureHasATitleAndASentence(t *testing.T) {
	all := texts(t)
	codes := readSource(t).codes
	require.Len(t, codes, 14)
	for _, code := range codes {
		assert.Contains(t, all, "fout."+code)
		assert.Contains(t, all, "titel."+code)
	}
}

func TestNoSentenceIsLeftOver(t *testing.T) {
	source := readSource(t)
	for key := range texts(t) {
		area, name, _ := strings.Cut(key, ".")
		switch {
		case slices.ContainsFunc(source.uses, func(u use) bool { return u.key == key }):
		case (area == "fout" || area == "titel") && slices.Contains(source.codes, name):
		case area == "gebrek" && source.literals[name]:
		case slices.ContainsFunc(source.prefixes, func(p string) bool { return strings.HasPrefix(key, p) }):
		default:
			assert.Fail(t, "no code says this sentence", key)
		}
	}
}

func TestEverySentenceIsShortAndWhole(t *testing.T) {
	spaced := regexp.MustCompile(`^\s|\s$|  `)
	for key, text := range texts(t) {
		assert.NotEmpty(t, text, key)
		assert.NotRegexp(t, spaced, text, key)
		if area, _, _ := strings.Cut(key, "."); area != "fout" && area != "gebrek" {
			continue
		}
		assert.Regexp(t, `^(Dit|[A-Z][a-z]*|%s|custom\.[a-z]+) .*[.?]$|: %s$`, text, key)
		for _, sentence := range regexp.MustCompile(`[.:?;] `).Split(text, -1) {
			assert.LessOrEqual(t, len(strings.Fields(sentence)), 22, "%s: a short sentence: %s", key, sentence)
		}
	}
}

func TestASentenceIsFilledIn(t *testing.T) {
	all := domain.Texts{"einde": "De laatste dag is %s, over %d dagen.", "kaal": "Honderd procent."}
	args := []any{term.NewDate(2026, time.April, 27), 12}
	assert.Equal(t, "De laatste dag is maandag 27 april 2026, over 12 dagen.", all.Sentence("einde", args...))
	assert.Equal(t, term.NewDate(2026, time.April, 27), args[0], "the arguments stay as they were")
	assert.Equal(t, "Honderd procent.", all.Sentence("kaal"))
	for n, want := range map[float64]string{0.7: "Na 0,7 minuten.", 12: "Na 12 minuten.", -1500.25: "Na -1500,25 minuten."} {
		assert.Equal(t, want, domain.Texts{"duur": "Na %s minuten."}.Sentence("duur", n))
	}
	assert.Equal(t, "er.is.geen", all.Sentence("er.is.geen", 1), "a key without a sentence is at least seen")
}

func TestDatesAndMomentsAreWrittenOut(t *testing.T) {
	for date, want := range map[string]string{
		"2024-02-29": "donderdag 29 februari 2024",
		"2026-01-01": "donderdag 1 januari 2026",
		"2026-08-02": "zondag 2 augustus 2026",
		"2026-12-26": "zaterdag 26 december 2026",
	} {
		assert.Equal(t, want, domain.LongDate(day(t, date)))
	}
	zone := time.FixedZone("CEST", 2*60*60)
	moment := time.Date(2026, time.July, 31, 22, 5, 0, 0, time.UTC)
	assert.Equal(t, "zaterdag 1 augustus 2026 00:05", domain.LongMoment(moment.In(zone)), "the day is that of its own zone")
	assert.Equal(t, "vrijdag 31 juli 2026 22:05", domain.LongMoment(moment))
}
