package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/clock"
	"zorgmeldingen.nl/lmz-triage/service/config"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/policy"
)

// policyCommand groups what a policy officer does on the command line.
type policyCommand struct {
	Check    policyCheckCommand    `cmd:"" help:"Controleer een beleid: vorm, regels, teksten en de twee rekenmachines."`
	Test     policyTestCommand     `cmd:"" help:"Draai de tests van een beleid."`
	Cover    policyCoverCommand    `cmd:"" help:"Toon welke regels van een beleid door de tests worden geraakt."`
	Format   policyFormatCommand   `cmd:"" help:"Zet de regels van een beleid in de vaste vorm."`
	Export   policyExportCommand   `cmd:"" help:"Schrijf een beleid weg zoals het programma opa het leest."`
	Activate policyActivateCommand `cmd:"" help:"Maak een beleid de geldende versie."`
}

// policyDir is the tree a command looks at.
type policyDir struct {
	Dir string `arg:"" optional:"" name:"map" type:"path" help:"Map met het beleid. Zonder map: het meegeleverde beleid."`
}

type policyCheckCommand struct{ policyDir }

// Run names every fault, or says that there is none.
func (p policyCheckCommand) Run(ctx context.Context, c console) error {
	tree, err := readTree(p.Dir)
	if err != nil {
		return err
	}
	report, err := policy.Check(ctx, tree)
	if err != nil {
		return err
	}
	if len(report.Faults) > 0 {
		return &domain.Error{Code: domain.Invalid, Key: "fout.beleid_gebreken", Args: []any{len(report.Faults)}, Faults: report.Faults}
	}
	c.say("cli.beleid_goed", report.Criteria, report.Steps, report.Inputs, report.Digest[:12])
	return nil
}

type policyTestCommand struct{ policyDir }

// Run runs every test and names those that fail.
func (p policyTestCommand) Run(ctx context.Context, c console) error {
	_, err := runTests(ctx, c, p.Dir)
	return err
}

func runTests(ctx context.Context, c console, dir string) (policy.TestReport, error) {
	tree, err := readTree(dir)
	if err != nil {
		return policy.TestReport{}, err
	}
	report, err := policy.Test(ctx, tree)
	if err != nil {
		return policy.TestReport{}, err
	}
	for _, f := range report.Failed {
		c.printf("%s\n", f)
	}
	if len(report.Failed) > 0 || report.Passed == 0 {
		return report, &domain.Error{Code: domain.Invalid, Key: "fout.beleid_tests", Args: []any{len(report.Failed), report.Passed}}
	}
	c.say("cli.tests_goed", report.Passed)
	return report, nil
}

type policyCoverCommand struct{ policyDir }

// Run shows coverage per file, and the lines that no test reaches.
func (p policyCoverCommand) Run(ctx context.Context, c console) error {
	report, err := runTests(ctx, c, p.Dir)
	if err != nil {
		return err
	}
	for _, f := range report.Files {
		c.printf("%6.1f %%  %s", f.Percent, f.Path)
		if len(f.Missed) > 0 {
			c.printf("  (%s)", c.texts.Sentence("cli.niet_geraakt", strings.Trim(fmt.Sprint(f.Missed), "[]")))
		}
		c.printf("\n")
	}
	c.printf("%6.1f %%  %s\n", report.Percent, c.texts.Sentence("cli.totaal"))
	return nil
}

type policyFormatCommand struct {
	Dir string `arg:"" name:"map" type:"existingdir" help:"Map met het beleid."`
}

// Run rewrites the files that are not in the fixed form.
func (p policyFormatCommand) Run(c console) error {
	tree, err := readTree(p.Dir)
	if err != nil {
		return err
	}
	changed, err := policy.Format(tree)
	if err != nil {
		return err
	}
	for path, text := range changed {
		if err := os.WriteFile(filepath.Join(p.Dir, filepath.FromSlash(path)), []byte(text), 0o644); err != nil { //nolint:gosec // sources are for everybody to read
			return fmt.Errorf("write %s: %w", path, err)
		}
		c.printf("%s\n", path)
	}
	return nil
}

type policyExportCommand struct {
	To  string `arg:"" name:"doel" type:"path" help:"Nieuwe map voor de bestanden."`
	Dir string `arg:"" optional:"" name:"map" type:"path" help:"Map met het beleid. Zonder map: het meegeleverde beleid."`
}

// Run writes the rules, what the service adds to them, and the figures.
func (p policyExportCommand) Run(c console) error {
	tree, err := readTree(p.Dir)
	if err != nil {
		return err
	}
	files, err := policy.Export(tree)
	if err != nil {
		return err
	}
	for path, text := range files {
		to := filepath.Join(p.To, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(to), 0o750); err != nil {
			return fmt.Errorf("make folder: %w", err)
		}
		if err := os.WriteFile(to, text, 0o644); err != nil { //nolint:gosec // sources are for everybody to read
			return fmt.Errorf("write %s: %w", path, err)
		}
	}
	c.say("cli.geschreven", len(files), p.To)
	return nil
}

type policyActivateCommand struct {
	policyDir
	config.Store `embed:""`

	Reason string `required:"" placeholder:"TEKST" help:"Waarom dit beleid gaat gelden."`
	By     string `default:"beheerder" placeholder:"NAAM" help:"Wie het doet: een naam voor het logboek, zonder persoonsgegevens."`
}

// Run checks and tests the tree and makes it the active version. A service that
// runs on the same store takes it over within seconds.
func (p policyActivateCommand) Run(ctx context.Context, c console) error {
	if err := (policyCheckCommand{p.policyDir}).Run(ctx, c); err != nil {
		return err
	}
	if _, err := runTests(ctx, c, p.Dir); err != nil {
		return err
	}
	tree, err := readTree(p.Dir)
	if err != nil {
		return err
	}
	st, err := openStore(ctx, p.Store)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	a, err := app.Activate(ctx, st, clock.System{}, domain.Actor{ID: p.By, Rol: domain.Beheer}, tree, p.Reason)
	if err != nil {
		return err
	}
	c.say("cli.geactiveerd", a.Versie, a.Digest[:12])
	return nil
}
