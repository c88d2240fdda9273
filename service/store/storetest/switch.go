package storetest

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// State is how a store behind a Switch can be reached.
type State int32

// The states of a Switch.
const (
	On     State = iota
	Off          // every call fails at once
	Silent       // every call waits until its context ends
	Deaf         // every call is carried out, and its answer is lost
)

// Switch is a store that can go away and come back.
type Switch struct {
	Store store.Store
	state atomic.Int32
}

var _ store.Store = (*Switch)(nil)

// Set changes how the store can be reached.
func (s *Switch) Set(to State) { s.state.Store(int32(to)) }

func (s *Switch) pass(ctx context.Context, do func() error) error {
	var cause error
	switch State(s.state.Load()) {
	case On:
		return do()
	case Deaf:
		cause = errors.Join(errors.New("connection lost"), do())
		return &domain.Error{Code: domain.Unavailable, Key: "fout.opslag_niet_beschikbaar", Cause: errors.New(cause.Error())}
	case Off:
	case Silent:
		<-ctx.Done()
		return &domain.Error{Code: domain.Unavailable, Key: "fout.opslag_afgebroken", Cause: ctx.Err()}
	}
	return &domain.Error{Code: domain.Unavailable, Key: "fout.opslag_niet_beschikbaar", Cause: errors.New("switched off")}
}

// got is pass for a call that gives something, which is empty beside an error.
func got[T any](ctx context.Context, s *Switch, do func() (T, error)) (T, error) {
	var out, none T
	err := s.pass(ctx, func() (err error) {
		out, err = do()
		return err
	})
	if err != nil {
		return none, err
	}
	return out, nil
}

// Close implements store.Store, however the store can be reached.
func (s *Switch) Close() error { return s.Store.Close() }

// Ping implements store.Store.
func (s *Switch) Ping(ctx context.Context) error {
	return s.pass(ctx, func() error { return s.Store.Ping(ctx) })
}

// BewaarAdviezen implements store.Store.
func (s *Switch) BewaarAdviezen(ctx context.Context, given []domain.GegevenAdvies) error {
	return s.pass(ctx, func() error { return s.Store.BewaarAdviezen(ctx, given) })
}

// Advies implements store.Store.
func (s *Switch) Advies(ctx context.Context, id string) (domain.GegevenAdvies, error) {
	return got(ctx, s, func() (domain.GegevenAdvies, error) { return s.Store.Advies(ctx, id) })
}

// BewaarPakket implements store.Store.
func (s *Switch) BewaarPakket(ctx context.Context, p domain.Beleidspakket) error {
	return s.pass(ctx, func() error { return s.Store.BewaarPakket(ctx, p) })
}

// Pakket implements store.Store.
func (s *Switch) Pakket(ctx context.Context, digest string) (domain.Beleidspakket, error) {
	return got(ctx, s, func() (domain.Beleidspakket, error) { return s.Store.Pakket(ctx, digest) })
}

// Activeer implements store.Store.
func (s *Switch) Activeer(ctx context.Context, a domain.Activering) (domain.Activering, error) {
	return got(ctx, s, func() (domain.Activering, error) { return s.Store.Activeer(ctx, a) })
}

// ActieveActivering implements store.Store.
func (s *Switch) ActieveActivering(ctx context.Context) (domain.Activering, error) {
	return got(ctx, s, func() (domain.Activering, error) { return s.Store.ActieveActivering(ctx) })
}

// Activeringen implements store.Store.
func (s *Switch) Activeringen(ctx context.Context) ([]domain.Activering, error) {
	return got(ctx, s, func() ([]domain.Activering, error) { return s.Store.Activeringen(ctx) })
}

// GeefVrij implements store.Store.
func (s *Switch) GeefVrij(ctx context.Context, k domain.Sleutel) error {
	return s.pass(ctx, func() error { return s.Store.GeefVrij(ctx, k) })
}

// LegVast implements store.Store.
func (s *Switch) LegVast(ctx context.Context, k domain.Sleutel) (domain.Sleutel, error) {
	return got(ctx, s, func() (domain.Sleutel, error) { return s.Store.LegVast(ctx, k) })
}

// BewaarMelding implements store.Store.
func (s *Switch) BewaarMelding(ctx context.Context, m domain.Melding, bij store.Bij) (domain.SignaalTelling, error) {
	return got(ctx, s, func() (domain.SignaalTelling, error) { return s.Store.BewaarMelding(ctx, m, bij) })
}

// VervangMelding implements store.Store.
func (s *Switch) VervangMelding(ctx context.Context, m domain.Melding, bij store.Bij) error {
	return s.pass(ctx, func() error { return s.Store.VervangMelding(ctx, m, bij) })
}

// Melding implements store.Store.
func (s *Switch) Melding(ctx context.Context, id string) (domain.Melding, error) {
	return got(ctx, s, func() (domain.Melding, error) { return s.Store.Melding(ctx, id) })
}

// EersteMelding implements store.Store.
func (s *Switch) EersteMelding(ctx context.Context, id string) (domain.Melding, error) {
	return got(ctx, s, func() (domain.Melding, error) { return s.Store.EersteMelding(ctx, id) })
}

// MeldingMetKenmerk implements store.Store.
func (s *Switch) MeldingMetKenmerk(ctx context.Context, kenmerk string) (domain.Melding, error) {
	return got(ctx, s, func() (domain.Melding, error) { return s.Store.MeldingMetKenmerk(ctx, kenmerk) })
}

// Meldingen implements store.Store.
func (s *Switch) Meldingen(ctx context.Context, q domain.MeldingVraag) (domain.MeldingPagina, error) {
	return got(ctx, s, func() (domain.MeldingPagina, error) { return s.Store.Meldingen(ctx, q) })
}

// Telling implements store.Store.
func (s *Switch) Telling(ctx context.Context) (domain.Telling, error) {
	return got(ctx, s, func() (domain.Telling, error) { return s.Store.Telling(ctx) })
}

// TelSignalen implements store.Store.
func (s *Switch) TelSignalen(ctx context.Context, aanbieder string, dag term.Date, zonder string) (domain.SignaalTelling, error) {
	return got(ctx, s, func() (domain.SignaalTelling, error) { return s.Store.TelSignalen(ctx, aanbieder, dag, zonder) })
}

// MeldingenOver implements store.Store.
func (s *Switch) MeldingenOver(ctx context.Context, aanbieder string, van, tot term.Date, na string, n int) ([]domain.Melding, error) {
	return got(ctx, s, func() ([]domain.Melding, error) { return s.Store.MeldingenOver(ctx, aanbieder, van, tot, na, n) })
}

// TeControleren implements store.Store.
func (s *Switch) TeControleren(ctx context.Context, dag term.Date, n int) ([]domain.Melding, error) {
	return got(ctx, s, func() ([]domain.Melding, error) { return s.Store.TeControleren(ctx, dag, n) })
}

// Termijnen implements store.Store.
func (s *Switch) Termijnen(ctx context.Context, q domain.TermijnVraag) (domain.TermijnPagina, error) {
	return got(ctx, s, func() (domain.TermijnPagina, error) { return s.Store.Termijnen(ctx, q) })
}

// TelTermijnen implements store.Store.
func (s *Switch) TelTermijnen(ctx context.Context, q domain.TermijnVraag) ([]domain.TermijnAantal, error) {
	return got(ctx, s, func() ([]domain.TermijnAantal, error) { return s.Store.TelTermijnen(ctx, q) })
}

// Stiptheid implements store.Store.
func (s *Switch) Stiptheid(ctx context.Context, q domain.StiptheidVraag) (domain.StiptheidPagina, error) {
	return got(ctx, s, func() (domain.StiptheidPagina, error) { return s.Store.Stiptheid(ctx, q) })
}

// Vestig implements store.Store.
func (s *Switch) Vestig(ctx context.Context, a domain.Aanbieder) (domain.Aanbieder, error) {
	return got(ctx, s, func() (domain.Aanbieder, error) { return s.Store.Vestig(ctx, a) })
}

// Aanbieder implements store.Store.
func (s *Switch) Aanbieder(ctx context.Context, id string) (domain.Aanbieder, error) {
	return got(ctx, s, func() (domain.Aanbieder, error) { return s.Store.Aanbieder(ctx, id) })
}

// Aanbieders implements store.Store.
func (s *Switch) Aanbieders(ctx context.Context, q domain.AanbiederVraag) (domain.AanbiederPagina, error) {
	return got(ctx, s, func() (domain.AanbiederPagina, error) { return s.Store.Aanbieders(ctx, q) })
}

// Hertel implements store.Store.
func (s *Switch) Hertel(ctx context.Context, h store.Hertel) error {
	return s.pass(ctx, func() error { return s.Store.Hertel(ctx, h) })
}

// TeHertellen implements store.Store.
func (s *Switch) TeHertellen(ctx context.Context, n int) ([]store.Herteling, error) {
	return got(ctx, s, func() ([]store.Herteling, error) { return s.Store.TeHertellen(ctx, n) })
}

// Herteld implements store.Store.
func (s *Switch) Herteld(ctx context.Context, h store.Herteling) error {
	return s.pass(ctx, func() error { return s.Store.Herteld(ctx, h) })
}

// ZetGebruiker implements store.Store.
func (s *Switch) ZetGebruiker(ctx context.Context, g domain.Gebruiker) (domain.Gebruiker, error) {
	return got(ctx, s, func() (domain.Gebruiker, error) { return s.Store.ZetGebruiker(ctx, g) })
}

// Gebruiker implements store.Store.
func (s *Switch) Gebruiker(ctx context.Context, id string) (domain.Gebruiker, error) {
	return got(ctx, s, func() (domain.Gebruiker, error) { return s.Store.Gebruiker(ctx, id) })
}

// GebruikerMetAgenda implements store.Store.
func (s *Switch) GebruikerMetAgenda(ctx context.Context, agenda string) (domain.Gebruiker, error) {
	return got(ctx, s, func() (domain.Gebruiker, error) { return s.Store.GebruikerMetAgenda(ctx, agenda) })
}

// Gebruikers implements store.Store.
func (s *Switch) Gebruikers(ctx context.Context) ([]domain.Gebruiker, error) {
	return got(ctx, s, func() ([]domain.Gebruiker, error) { return s.Store.Gebruikers(ctx) })
}

// ZetDienst implements store.Store.
func (s *Switch) ZetDienst(ctx context.Context, d domain.Dienst) error {
	return s.pass(ctx, func() error { return s.Store.ZetDienst(ctx, d) })
}

// HaalDienstWeg implements store.Store.
func (s *Switch) HaalDienstWeg(ctx context.Context, id string) error {
	return s.pass(ctx, func() error { return s.Store.HaalDienstWeg(ctx, id) })
}

// Diensten implements store.Store.
func (s *Switch) Diensten(ctx context.Context, van, tot time.Time) ([]domain.Dienst, error) {
	return got(ctx, s, func() ([]domain.Dienst, error) { return s.Store.Diensten(ctx, van, tot) })
}

// NeemLeiding implements store.Store.
func (s *Switch) NeemLeiding(ctx context.Context, naam, houder string, duur time.Duration) (store.Leiding, error) {
	return got(ctx, s, func() (store.Leiding, error) { return s.Store.NeemLeiding(ctx, naam, houder, duur) })
}

// LaatLeiding implements store.Store.
func (s *Switch) LaatLeiding(ctx context.Context, l store.Leiding) error {
	return s.pass(ctx, func() error { return s.Store.LaatLeiding(ctx, l) })
}

// Berichten implements store.Store.
func (s *Switch) Berichten(ctx context.Context, q domain.BerichtVraag) (domain.BerichtPagina, error) {
	return got(ctx, s, func() (domain.BerichtPagina, error) { return s.Store.Berichten(ctx, q) })
}

// Bericht implements store.Store.
func (s *Switch) Bericht(ctx context.Context, id string) (domain.Bericht, error) {
	return got(ctx, s, func() (domain.Bericht, error) { return s.Store.Bericht(ctx, id) })
}

// LeesBericht implements store.Store.
func (s *Switch) LeesBericht(ctx context.Context, gebruiker, id string, op time.Time) (domain.Bericht, error) {
	return got(ctx, s, func() (domain.Bericht, error) { return s.Store.LeesBericht(ctx, gebruiker, id, op) })
}

// TeVersturen implements store.Store.
func (s *Switch) TeVersturen(ctx context.Context, soort domain.BerichtSoort, events bool, op time.Time, n int) ([]domain.Bericht, error) {
	return got(ctx, s, func() ([]domain.Bericht, error) { return s.Store.TeVersturen(ctx, soort, events, op, n) })
}

// ZetPost implements store.Store.
func (s *Switch) ZetPost(ctx context.Context, id string, was int, post domain.Post, leiding *store.Leiding) error {
	return s.pass(ctx, func() error { return s.Store.ZetPost(ctx, id, was, post, leiding) })
}

// TelPost implements store.Store.
func (s *Switch) TelPost(ctx context.Context) (map[domain.PostStand]int, error) {
	return got(ctx, s, func() (map[domain.PostStand]int, error) { return s.Store.TelPost(ctx) })
}

// TeHerinneren implements store.Store.
func (s *Switch) TeHerinneren(ctx context.Context, dag term.Date, n int) ([]domain.Melding, error) {
	return got(ctx, s, func() ([]domain.Melding, error) { return s.Store.TeHerinneren(ctx, dag, n) })
}

// TelTeHerinneren implements store.Store.
func (s *Switch) TelTeHerinneren(ctx context.Context, dag term.Date) (int, error) {
	return got(ctx, s, func() (int, error) { return s.Store.TelTeHerinneren(ctx, dag) })
}

// TeAlarmeren implements store.Store.
func (s *Switch) TeAlarmeren(ctx context.Context, op time.Time, n int) ([]domain.Melding, error) {
	return got(ctx, s, func() ([]domain.Melding, error) { return s.Store.TeAlarmeren(ctx, op, n) })
}

// Alarmen implements store.Store.
func (s *Switch) Alarmen(ctx context.Context, q domain.AlarmVraag) (domain.AlarmPagina, error) {
	return got(ctx, s, func() (domain.AlarmPagina, error) { return s.Store.Alarmen(ctx, q) })
}

// BewaarKalender implements store.Store.
func (s *Switch) BewaarKalender(ctx context.Context, k domain.KalenderVersie) error {
	return s.pass(ctx, func() error { return s.Store.BewaarKalender(ctx, k) })
}

// Kalender implements store.Store.
func (s *Switch) Kalender(ctx context.Context) (domain.KalenderVersie, error) {
	return got(ctx, s, func() (domain.KalenderVersie, error) { return s.Store.Kalender(ctx) })
}

// Kalenders implements store.Store.
func (s *Switch) Kalenders(ctx context.Context) ([]domain.KalenderVersie, error) {
	return got(ctx, s, func() ([]domain.KalenderVersie, error) { return s.Store.Kalenders(ctx) })
}

// TeHerrekenen implements store.Store.
func (s *Switch) TeHerrekenen(ctx context.Context, versie int, na string, n int) ([]domain.Melding, error) {
	return got(ctx, s, func() ([]domain.Melding, error) { return s.Store.TeHerrekenen(ctx, versie, na, n) })
}

// TelTeHerrekenen implements store.Store.
func (s *Switch) TelTeHerrekenen(ctx context.Context, versie int) (int, error) {
	return got(ctx, s, func() (int, error) { return s.Store.TelTeHerrekenen(ctx, versie) })
}

// MerkHerrekend implements store.Store.
func (s *Switch) MerkHerrekend(ctx context.Context, list []store.MeldingRev, versie int, leiding *store.Leiding) error {
	return s.pass(ctx, func() error { return s.Store.MerkHerrekend(ctx, list, versie, leiding) })
}
