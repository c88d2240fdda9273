package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"zorgmeldingen.nl/lmz-triage/service/app"
	"zorgmeldingen.nl/lmz-triage/service/config"
	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/server/api"
)

// everyone is more people than an office has: a table on the command line has no
// pages.
const everyone = 1 << 20

// gebruikersCommand shows the people of the office.
type gebruikersCommand struct {
	config.Store
	Team     string `placeholder:"TEAM" help:"Alleen mensen van dit team."`
	Rol      string `placeholder:"ROL" enum:",medewerker,teamleider,inspecteur,beleid,beheer" default:"" help:"Alleen mensen met deze rol: medewerker, teamleider, inspecteur, beleid of beheer."`
	Inactief string `placeholder:"JA-NEE" enum:",ja,nee" default:"" help:"ja: alleen wie hier niet meer werkt. nee: alleen de anderen."`
	JSON     bool   `help:"Antwoord als JSON, zoals de API."`
}

// Run prints them all, by id.
func (g gebruikersCommand) Run(ctx context.Context, c console) error {
	given := map[string]string{"team": g.Team, "rol": g.Rol, "inactief": g.Inactief}
	q, faults := domain.LeesGebruikerVraag(func(field string) string { return given[field] })
	if len(faults) > 0 {
		return domain.InvalidInput(faults)
	}
	q.Aantal = everyone
	return toon(ctx, c, lijst[app.GebruikerLijst]{
		store: g.Store, json: g.JSON, geen: "cli.geen_gebruikers",
		lees:   func(a *app.App) (app.GebruikerLijst, error) { return a.LijstGebruikers(ctx, starter(), q) },
		alsAPI: func(l app.GebruikerLijst) any { return api.FromGebruikerLijst(l) },
		aantal: func(l app.GebruikerLijst) int { return len(l.Gebruikers) },
		toon:   func(l app.GebruikerLijst) error { return printUsers(c, l) },
	})
}

func printUsers(c console, list app.GebruikerLijst) error {
	w := c.table("cli.kop_gebruikers")
	for _, g := range list.Gebruikers {
		roles, away := []string{}, []string{}
		for _, r := range g.Rollen {
			roles = append(roles, string(r))
		}
		if g.Inactief {
			away = append(away, c.texts.Sentence("cli.werkt_hier_niet"))
		}
		for _, a := range g.Afwezig {
			period := a.Van.String() + " - " + a.Tot.String()
			if a.Vervanger != "" {
				period += " (" + a.Vervanger + ")"
			}
			away = append(away, period)
		}
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", g.ID, g.Naam, strings.Join(roles, ", "), cmp.Or(g.Team, "-"), cmp.Or(g.EMail, "-"),
			cmp.Or(strings.Join(away, "; "), "-"))
	}
	return w.Flush()
}

// gebruikerCommand groups what an administrator does with a user.
type gebruikerCommand struct {
	Zet gebruikerZetCommand `cmd:"" help:"Voeg een gebruiker uit een bestand toe, of wijzig hem."`
}

type gebruikerZetCommand struct {
	config.Store
	File string `arg:"" name:"bestand" help:"Bestand met de gebruiker (JSON, zoals voor POST /v1/gebruikers), of - voor de invoer."`
	JSON bool   `help:"Antwoord als JSON, zoals de API."`
}

// Run adds the user, or changes the one who has that id.
func (g gebruikerZetCommand) Run(ctx context.Context, c console) error {
	raw, err := c.read(g.File)
	if err != nil {
		return err
	}
	contract, err := api.LoadContract()
	if err != nil {
		return err
	}
	told, err := contract.ReadGebruiker(raw)
	if err != nil {
		return err
	}
	st, p, err := openTools(ctx, g.Store)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	defer p.policies.Close()
	kept, fresh, err := p.app.BewaarGebruiker(ctx, starter(), told)
	if err != nil {
		return err
	}
	if g.JSON {
		return c.json(api.FromGebruiker(kept))
	}
	if fresh {
		c.say("cli.gebruiker_nieuw", kept.ID)
	} else {
		c.say("cli.gebruiker_gewijzigd", kept.ID)
	}
	if n := kept.OpenMeldingen; n != nil && *n > 0 {
		c.say("cli.gebruiker_open", *n, kept.ID)
	}
	return nil
}

// read reads a file, or what comes in when it is named -, up to the size of a body.
func (c console) read(file string) ([]byte, error) {
	source := c.in
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, fmt.Errorf("open input: %w", err)
		}
		defer func() { _ = f.Close() }()
		source = f
	}
	raw, err := io.ReadAll(io.LimitReader(source, maxQuestion+1))
	if err != nil {
		return nil, fmt.Errorf("read input: %w", err)
	}
	if len(raw) > maxQuestion {
		return nil, &domain.Error{Code: domain.TooLarge, Key: "fout.te_groot", Args: []any{maxQuestion >> 20}}
	}
	return raw, nil
}
