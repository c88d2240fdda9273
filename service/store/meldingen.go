package store

import (
	"context"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// Meldingen keeps each melding as one document that is replaced whole.
type Meldingen interface {
	// BewaarMelding keeps a melding that is new, as Rev 1 whatever m.Rev says, with
	// all that bij holds, or nothing of it. It gives the count of the provider's
	// meldingen as TelSignalen from the day of m, m among them, looked at after m
	// was kept: of two that are kept at the same moment at least one is given the
	// other. Without a provider it is zero. A Conflict keeps nothing; its Key
	// is fout.melding_bestaat for an ID that is there, fout.kenmerk_bezet for a
	// Kenmerk that is, and fout.klantkenmerk_bezet, with the Kenmerk of the earlier
	// melding as its argument, for a Klantkenmerk that the same Client gave before.
	BewaarMelding(ctx context.Context, m domain.Melding, bij Bij) (domain.SignaalTelling, error)
	// VervangMelding puts m in the place of the melding with its ID, as Rev m.Rev+1,
	// with all that bij holds, or nothing of it. Stale when what is kept is
	// not Rev m.Rev, or with the Key fout.leiding_voorbij when bij.Leiding does not
	// hold any more, or with the Key fout.kalender_verouderd when what is kept has a
	// higher Kalender than m; NotFound when there is none. ID, Kenmerk and Client never
	// change; a Klantkenmerk that is taken is a Conflict as above.
	VervangMelding(ctx context.Context, m domain.Melding, bij Bij) error
	// Melding gives a melding by its ID. NotFound when there is none.
	Melding(ctx context.Context, id string) (domain.Melding, error)
	// EersteMelding gives a melding as BewaarMelding kept it. NotFound when there
	// is none.
	EersteMelding(ctx context.Context, id string) (domain.Melding, error)
	// MeldingMetKenmerk gives a melding by its Kenmerk. NotFound when there is none.
	MeldingMetKenmerk(ctx context.Context, kenmerk string) (domain.Melding, error)
	// Meldingen gives a page of a list. A list read page by page holds every
	// melding once whose key did not change meanwhile, whatever else is written.
	Meldingen(ctx context.Context, q domain.MeldingVraag) (domain.MeldingPagina, error)
	// Telling counts all meldingen and providers.
	Telling(ctx context.Context) (domain.Telling, error)
	// TelSignalen counts the meldingen about a provider that count (Telt) as seen
	// from the day dag, but for the melding zonder. Later meldingen are those of the
	// VensterTotal days after dag.
	TelSignalen(ctx context.Context, aanbieder string, dag term.Date, zonder string) (domain.SignaalTelling, error)
	// MeldingenOver gives at most n meldingen about a provider that were received on
	// one of the days van to tot, after the ID na, by ID, also those that do not
	// count. They are what a correction of the counts may touch.
	MeldingenOver(ctx context.Context, aanbieder string, van, tot term.Date, na string, n int) ([]domain.Melding, error)
	// TeControleren gives at most n meldingen of which Controle is dag or earlier,
	// those that wait longest first. It reads only what it gives.
	TeControleren(ctx context.Context, dag term.Date, n int) ([]domain.Melding, error)
}

// Bij is what is kept together with a melding.
type Bij struct {
	// Gegeven are the advices given on it.
	Gegeven []domain.GegevenAdvies
	// Hertel are notes as Aanbieders.Hertel makes them. A store that writes one
	// document at a time may make them later than the melding, but makes them, also
	// when the process ends in between: TeHertellen gives them within a minute.
	Hertel []Hertel
	// Eerste takes the place of what EersteMelding gives, so that it does not hold
	// for ever what was taken away since; nil when that stays.
	Eerste *domain.Melding
	// Berichten are messages about it. A store that writes one document at a time may
	// keep them later than the melding, but keeps them, also when the process ends in
	// between: each call of Berichten that gives them looks for those first.
	Berichten []domain.Bericht
	// Leiding is the lead under which a job writes; nil for who needs none.
	Leiding *Leiding
}

// Hertel is a note that the counts of a provider changed from the day Vanaf on.
type Hertel struct {
	Aanbieder string
	Vanaf     term.Date
}

// Aanbieders keeps the care providers.
type Aanbieders interface {
	// Vestig gives the provider that a names, making it with a.ID when there is
	// none. Of a.Sleutels the first that is known decides; one known by name only
	// where it is Zelfde. What a knows and the provider kept does not is added to
	// it, and then a.GewijzigdOp is when it changed, unless that is earlier than it was. Of
	// calls at the same moment, of other processes too, one makes the provider.
	Vestig(ctx context.Context, a domain.Aanbieder) (domain.Aanbieder, error)
	// Aanbieder gives a provider by its ID. NotFound when there is none.
	Aanbieder(ctx context.Context, id string) (domain.Aanbieder, error)
	// Aanbieders gives a page of providers by name (as Zoekvorm), then ID.
	Aanbieders(ctx context.Context, q domain.AanbiederVraag) (domain.AanbiederPagina, error)
	// Hertel notes that the counts of a provider changed from a day on, by a
	// melding that was received or corrected later. An earlier day that is noted stays.
	Hertel(ctx context.Context, h Hertel) error
	// TeHertellen gives at most n providers of which that is noted, with the day.
	TeHertellen(ctx context.Context, n int) ([]Herteling, error)
	// Herteld takes the note h away, unless it was made anew since.
	Herteld(ctx context.Context, h Herteling) error
}

// Herteling is a provider whose meldingen from the day Vanaf on must be looked at
// again.
type Herteling struct {
	Aanbieder string
	Vanaf     term.Date
	Nr        int64 // goes up each time it is noted
}
