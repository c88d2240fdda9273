// Command lmz-triage is the triage service of the meldpunt: the server, and the
// tools to try a decision, a term and a policy without it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// version is set by the build.
var version = "ontwikkeling"

// commands is the command line.
type commands struct {
	Serve      serveCommand      `cmd:"" help:"Start de dienst."`
	Advies     adviesCommand     `cmd:"" help:"Geef een advies op een vraag uit een bestand, zonder de dienst."`
	Termijn    termijnCommand    `cmd:"" help:"Reken een termijn uit en leg elke datum uit."`
	Policy     policyCommand     `cmd:"" help:"Controleer, test of activeer een beleid."`
	Kalender   kalenderCommand   `cmd:"" help:"Toon de kalender, of voeg besluitdagen toe."`
	Termijnen  termijnenCommand  `cmd:"" help:"Toon de open termijnen van alle meldingen."`
	Stiptheid  stiptheidCommand  `cmd:"" help:"Toon hoe stipt aanbieders op klachten antwoorden."`
	Berichten  berichtenCommand  `cmd:"" help:"Toon de berichten aan een gebruiker."`
	Alarmen    alarmenCommand    `cmd:"" help:"Toon de alarmen, en hoe lang het duurde tot iemand ze aannam."`
	Meldingen  meldingenCommand  `cmd:"" help:"Toon de werkvoorraad."`
	Gebruikers gebruikersCommand `cmd:"" help:"Toon de mensen van het kantoor."`
	Gebruiker  gebruikerCommand  `cmd:"" help:"Voeg iemand van het kantoor toe, of wijzig hem."`
	Diensten   dienstenCommand   `cmd:"" help:"Toon wie er dienst heeft voor alarmen."`
	Dienst     dienstCommand     `cmd:"" help:"Zet een dienst in het rooster, of haal hem eruit."`
	Melding    meldingCommand    `cmd:"" help:"Toon één melding met advies, vragen en termijnen."`
	Import     importCommand     `cmd:"" help:"Neem een bestand met meldingen in."`
	Copy       copyCommand       `cmd:"" help:"Kopieer alles naar een andere opslag."`
	Seed       seedCommand       `cmd:"" help:"Vul de opslag met verzonnen meldingen."`
	Token      tokenCommand      `cmd:"" help:"Maak een toegangssleutel voor een medewerker of systeem."`
	Health     healthCommand     `cmd:"" help:"Vraag een draaiende dienst of hij gereed is."`
	Version    versionCommand    `cmd:"" help:"Toon de versie."`

	Uitleg bool `env:"LMZ_UITLEG" help:"Toon bij een fout ook de technische oorzaak."`
}

// console is where a command reads and writes, and its texts.
type console struct {
	in       io.Reader
	out, err io.Writer
	texts    domain.Texts
}

// printf writes to the user; a terminal that is gone is no failure of ours.
func (c console) printf(format string, args ...any) { _, _ = fmt.Fprintf(c.out, format, args...) }

// say writes a sentence of nl.json on a line of its own.
func (c console) say(key string, args ...any) { c.printf("%s\n", c.texts.Sentence(key, args...)) }

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// run gives the exit status: 0 done, 1 failed, 2 not understood.
func run(args []string, in io.Reader, out, errOut io.Writer) int {
	texts, err := domain.LoadTexts()
	if err != nil {
		_, _ = fmt.Fprintln(errOut, err)
		return 1
	}
	cli, status := commands{}, -1
	parser, err := kong.New(&cli, kong.Name("lmz-triage"), kong.DefaultEnvars("LMZ"), kong.Writers(out, errOut),
		kong.Description(texts.Sentence("cli.beschrijving")), kong.Exit(func(code int) { status = code }), kong.Help(inDutch(texts)))
	if err != nil {
		_, _ = fmt.Fprintln(errOut, err)
		return 1
	}
	parser.Model.HelpFlag.Help = texts.Sentence("cli.hulp_hulp")
	parsed, err := parser.Parse(args)
	if status >= 0 { // --help
		return status
	}
	if err != nil {
		_, _ = fmt.Fprintln(errOut, nietBegrepen(texts, err))
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	parsed.BindTo(ctx, (*context.Context)(nil))
	if err := parsed.Run(console{in: in, out: out, err: errOut, texts: texts}); err != nil {
		explain(errOut, texts, err, cli.Uitleg)
		return 1
	}
	return 0
}

// whyNot is the sentence on why a file cannot be used.
func whyNot(err *fs.PathError) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "cli.bestand_weg"
	case errors.Is(err, fs.ErrPermission):
		return "cli.bestand_verboden"
	}
	return "cli.bestand_anders"
}

// explain tells a failure: the sentence and every fault of one that is meant for
// users, the text itself of any other, on one line. The cause helps where nothing
// else says what is wrong, and who asks for it.
func explain(w io.Writer, texts domain.Texts, err error, uitleg bool) {
	var e *domain.Error
	var file *fs.PathError
	if !errors.As(err, &e) {
		if errors.As(err, &file) {
			_, _ = fmt.Fprintln(w, texts.Sentence("cli.bestand", file.Path, texts.Sentence(whyNot(file))))
			return
		}
		_, _ = fmt.Fprintln(w, texts.Sentence("cli.mislukt", oneLine(err)))
		return
	}
	_, _ = fmt.Fprintln(w, texts.Sentence(e.Key, e.Args...))
	for _, f := range e.Faults {
		_, _ = fmt.Fprintf(w, "  %s: %s\n", f.Field, texts.Sentence("gebrek."+f.Code, f.Args...))
	}
	if e.Cause != nil && (uitleg || e.Code == domain.Internal || e.Code == domain.PolicyFailed) {
		_, _ = fmt.Fprintln(w, texts.Sentence("cli.oorzaak", oneLine(e.Cause)))
	}
}

// oneLine is the text of an error, which may be of several.
func oneLine(err error) string { return strings.ReplaceAll(err.Error(), "\n", "; ") }
