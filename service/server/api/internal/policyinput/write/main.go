// Command write writes the JSON Schema of the policy input.
//
//	write CONTRACT SCHEMA
package main

import (
	"errors"
	"fmt"
	"os"

	"zorgmeldingen.nl/lmz-triage/service/server/api/internal/policyinput"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return errors.New("usage: write CONTRACT SCHEMA")
	}
	spec, err := os.ReadFile(args[0])
	if err != nil {
		return fmt.Errorf("read contract: %w", err)
	}
	out, err := policyinput.Schema(spec)
	if err != nil {
		return err
	}
	if err := os.WriteFile(args[1], out, 0o644); err != nil {
		return fmt.Errorf("write schema: %w", err)
	}
	return nil
}
