package main

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server"
)

// tokenCommand makes a bearer token: shown once, kept nowhere.
type tokenCommand struct {
	ID  string `arg:"" help:"Naam voor het logboek, zonder persoonsgegevens, bijvoorbeeld zaaksysteem."`
	Rol string `arg:"" enum:"medewerker,teamleider,inspecteur,beleid,systeem,beheer" help:"Rol: ${enum}."`
}

// Run prints the token and the entry for the token file.
func (t tokenCommand) Run(c console) error {
	if server.CheckTokenID(t.ID) != nil {
		return &domain.Error{Code: domain.Invalid, Key: "fout.token_naam", Args: []any{t.ID}}
	}
	raw := make([]byte, 32)
	if _, err := rand.Read(raw); err != nil {
		return fmt.Errorf("draw token: %w", err)
	}
	token := base64.RawURLEncoding.EncodeToString(raw)
	line, err := json.Marshal(server.TokenLine{
		ID: t.ID, Rol: domain.Rol(t.Rol), SHA256: fmt.Sprintf("%x", sha256.Sum256([]byte(token))),
	})
	if err != nil {
		return fmt.Errorf("write token: %w", err)
	}
	c.say("cli.token", token, string(line))
	return nil
}
