package main

import (
	"regexp"
	"strings"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// misverstand is a way in which a command line is not understood: what the library
// that reads it says, and our sentence, which takes what stands between brackets.
type misverstand struct{ says, key string }

// misverstanden are tried in their order.
func misverstanden() []misverstand {
	return []misverstand{
		{`^unknown flag (.+?), did you mean (?:one of )?(.+)\?$`, "cli.optie_onbekend_bedoelt"},
		{`^unknown flag (.+)$`, "cli.optie_onbekend"},
		{`^flag (\S+) applies to the default command "(.+)", not "(.+)"$`, "cli.optie_elders"},
		{`^unexpected argument (?:, did you mean .*)?$`, "cli.woord_leeg"},
		{`^unexpected argument (.+), did you mean (?:one of )?(.+)\?$`, "cli.woord_onbekend_bedoelt"},
		{`^unexpected argument (.+)$`, "cli.woord_onbekend"},
		{`^expected one of (.+)$`, "cli.kies_uit"},
		{`^expected "(.+)"$`, "cli.woord_ontbreekt"},
		{`^missing flags: (.+)$`, "cli.optie_ontbreekt"},
		{`^(\S+) and (\S+) can't be used together$`, "cli.opties_samen"},
		{`^(\S+): .*expected .* but got ""`, "cli.optie_leeg"},
		{`^(\S+): bool value must be .* but got ""`, "cli.optie_leeg"},
		{`^(\S+) must be one of (?:"",)?(.+) but got "(.*)"(.*)$`, "cli.optie_keuze"},
		{`^(\S+): expected \w+ value but got "EOL" \(<EOL>\)$`, "cli.optie_leeg"},
		{`^(\S+): expected \w+ value but got ".*" \(.*\); perhaps try (.+)\?$`, "cli.optie_leeg_bedoelt"},
		{`^(\S+): expected a valid \d+ bit u?int but got "(.*?)"((?: \(from .*\))?)$`, "cli.optie_getal"},
		{`^(\S+): expected duration but got "(.*?)"(?:: .*?)?((?: \(from .*\))?)$`, "cli.optie_duur"},
		{`^(\S+): bool value must be .* but got "(.*?)"((?: \(from .*\))?)$`, "cli.optie_ja_nee"},
		{`^(\S+): stat (.+): (?:no such file or|not a) directory$`, "cli.map_weg"},
		{`^(\S+): "(.+)" exists but is not a directory$`, "cli.map_bestand"},
	}
}

// plainWords takes away how the library quotes words, and says where one came from.
func plainWords() *strings.Replacer {
	return strings.NewReplacer(`","`, ", ", `", "`, ", ", `"`, "", ", ...", " en meer", "from envar ", "uit de omgevingsvariabele ")
}

// nietBegrepen is the sentence on a command line that could not be read. What no
// sentence is known for is told as it is.
func nietBegrepen(texts domain.Texts, err error) string {
	why := oneLine(err)
	told := why + "."
	for _, m := range misverstanden() {
		if found := regexp.MustCompile(m.says).FindStringSubmatch(why); found != nil {
			args := make([]any, 0, len(found))
			for _, word := range found[1:] {
				args = append(args, plainWords().Replace(word))
			}
			told = texts.Sentence(m.key, args...)
			break
		}
	}
	return texts.Sentence("cli.niet_begrepen", told)
}
