package main

import (
	"context"
	"encoding/json"
	"fmt"
	"text/tabwriter"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

// adviesCommand decides without a service or a store: nothing is kept.
type adviesCommand struct {
	File     string `arg:"" name:"bestand" help:"Bestand met de vraag (JSON, zoals voor POST /v1/triage-adviezen), of - voor de invoer."`
	Policies string `env:"LMZ_POLICIES" type:"path" placeholder:"MAP" help:"Ander beleid dan het meegeleverde."`
	JSON     bool   `help:"Antwoord als JSON, zoals de API."`
}

// maxQuestion is the largest question that is read, in bytes, as over HTTP.
const maxQuestion = 1 << 20

// Run prints the advice.
func (a adviesCommand) Run(ctx context.Context, c console) error {
	raw, err := c.read(a.File)
	if err != nil {
		return err
	}
	contract, err := api.LoadContract()
	if err != nil {
		return err
	}
	question, err := contract.ReadAanvraag(raw)
	if err != nil {
		return err
	}
	version, err := loadTree(ctx, a.Policies)
	if err != nil {
		return err
	}
	defer version.Close()
	p, err := loadParts(nil, noMeter{}, toolLimits())
	if err != nil {
		return err
	}
	advice, err := p.app.Proef(ctx, starter(), question, version)
	if err != nil {
		return err
	}
	if a.JSON {
		enc := json.NewEncoder(c.out)
		enc.SetIndent("", "  ")
		return enc.Encode(api.FromTriageAdvies(advice))
	}
	return printAdvice(c, advice)
}

// toolLimits gives a tool on a busy machine more time than a server.
func toolLimits() policy.Limits { return policy.Limits{Evaluation: time.Second, Instances: 1} }

// loadTree compiles and loads the tree in dir, or the shipped one.
func loadTree(ctx context.Context, dir string) (*policy.Version, error) {
	tree, err := readTree(dir)
	if err != nil {
		return nil, err
	}
	artifact, faults, err := policy.Compile(ctx, tree)
	if err != nil {
		return nil, err
	}
	if len(faults) > 0 {
		return nil, domain.InvalidInput(faults)
	}
	return policy.Load(ctx, artifact.Package, toolLimits())
}

// printAdvice writes an advice for people.
func printAdvice(c console, a domain.TriageAdvies) error {
	c.say("cli.advies", string(a.Advies), a.Peildatum)
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintf(w, "\n%s\t%s\t%s\n", c.texts.Sentence("cli.criterium"), c.texts.Sentence("cli.uitkomst"), c.texts.Sentence("cli.waarom"))
	for _, cr := range a.Criteria {
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s (%s)\n", cr.Titel, cr.Uitkomst, cr.Toelichting, cr.Bron.Titel)
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write advice: %w", err)
	}
	if len(a.Stappen) > 0 {
		c.printf("\n%s\n", c.texts.Sentence("cli.stappen"))
	}
	for _, s := range a.Stappen {
		c.printf("- %s. %s\n", s.Titel, s.Toelichting)
	}
	switch {
	case a.Bandbreedte == nil:
	case len(a.Ontbrekend) == 0:
		c.printf("\n%s\n", c.texts.Sentence("cli.vast"))
	default:
		c.printf("\n%s\n", c.texts.Sentence("cli.bandbreedte", string(a.Bandbreedte.Laagste), string(a.Bandbreedte.Hoogste)))
	}
	for _, q := range a.Ontbrekend {
		c.printf("- %s (%s)\n", q.Vraag, q.Veld)
	}
	return nil
}
