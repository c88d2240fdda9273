package main

import (
	"bytes"
	"fmt"
	"regexp"

	"github.com/alecthomas/kong"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// inDutch has the help of a command line say its own words in Dutch, in the layout of
// the library: eighty columns, or as many as COLUMNS says.
func inDutch(texts domain.Texts) kong.HelpPrinter {
	return func(options kong.HelpOptions, ctx *kong.Context) error {
		var page bytes.Buffer
		to := ctx.Stdout
		ctx.Stdout = &page
		err := kong.DefaultHelpPrinter(options, ctx)
		ctx.Stdout = to
		if err != nil {
			return fmt.Errorf("print help: %w", err)
		}
		text := page.Bytes()
		for _, w := range []struct{ says, key string }{
			{`^Usage:`, "cli.hulp_gebruik"},
			{`^Arguments:`, "cli.hulp_gegevens"},
			{`^Flags:`, "cli.hulp_opties"},
			{`^Commands:`, "cli.hulp_opdrachten"},
			{`\[flags\]`, "cli.hulp_met_opties"},
			{`<command>`, "cli.hulp_opdracht"},
			{`^Run "(.+) --help" for more information.*$`, "cli.hulp_meer"},
		} {
			text = regexp.MustCompile("(?m)"+w.says).ReplaceAll(text, []byte(texts.Sentence(w.key)))
		}
		if _, err := to.Write(text); err != nil {
			return fmt.Errorf("print help: %w", err)
		}
		return nil
	}
}
