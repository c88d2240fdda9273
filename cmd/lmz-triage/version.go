package main

import "zorgmeldingen.nl/lmz-triage/service/policy"

// versionCommand shows the version of the program and of its engine.
type versionCommand struct{}

// Run prints one line.
func (versionCommand) Run(c console) error {
	c.printf("lmz-triage %s (%s)\n", version, policy.Engine())
	return nil
}
