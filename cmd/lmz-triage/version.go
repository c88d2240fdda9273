package main

import (
	"fmt"

	"zorgmeldingen.nl/lmz-triage/service/policy"
)

// versionCommand shows the version of the program and of its engine.
type versionCommand struct{}

// Run prints one line.
func (versionCommand) Run(c console) error {
	if _, err := fmt.Fprintf(c.out, "lmz-triage %s (%s)\n", version, policy.Engine()); err != nil {
		return fmt.Errorf("write version: %w", err)
	}
	return nil
}
