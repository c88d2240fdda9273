package post

import (
	"context"
	"fmt"
	"net/mail"
	"strings"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Verzender sends mails by one server. It may be used from many goroutines: each
// mail has a connection of its own.
type Verzender struct {
	Instellingen

	host, port string
	afzender   *mail.Address
	domein     string
	texts      domain.Texts
	titel      func(term.Soort) string
	zone       *time.Location
}

// New makes one. titel names a kind of term, zone is that of the dates in a mail.
func New(i Instellingen, texts domain.Texts, titel func(term.Soort) string, zone *time.Location) (*Verzender, error) {
	host, port, sender, err := i.lees()
	if err != nil {
		return nil, err
	}
	if i.Limiet == 0 {
		i.Limiet = limiet
	}
	_, home, _ := strings.Cut(sender.Address, "@")
	return &Verzender{
		Instellingen: i, host: host, port: port, afzender: sender, domein: home, texts: texts, titel: titel, zone: zone,
	}, nil
}

// Verzend sends b to the address aan. It calls begin when all but the last word was
// said, and does not say that when begin fails; how long begin takes does not count.
// It ends as soon as the server answered: nil when that has taken the mail on. Any
// other outcome but a failure of begin is a domain.VerzendError.
func (v *Verzender) Verzend(ctx context.Context, b domain.Bericht, aan string, begin func(context.Context) error) error {
	to, good := adres(aan)
	if !good {
		return &domain.VerzendError{Reden: domain.RedenAdres, Definitief: true}
	}
	d, err := v.verbind(ctx)
	if err != nil {
		return err
	}
	defer d.sluit()
	if err := d.vertel(v.afzender.Address, to.Address, v.brief(b, to)); err != nil {
		return err
	}
	d.rust()
	if err := begin(ctx); err != nil {
		return fmt.Errorf("begin to hand over: %w", err)
	}
	d.deel(context.WithoutCancel(ctx), v.Limiet) // once it is said the answer must be heard
	return d.geef()
}
