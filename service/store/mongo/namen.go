package mongo

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
)

// A name is what only one melding may have: its kenmerk, and its klantkenmerk
// among those of its client. A melding claims its names before it is written with
// them, so a name that is claimed may be of a melding that does not have it: its
// writer is under way, stopped, or was refused. Who wants such a name waits a
// while, and then
//
//  1. raises Slot of the melding that does not have it (one that is not there is
//     made a Graf, with a Slot): what its writer had seen is no more, so its write,
//     which asks for the Slot it saw, is refused and begins again;
//  2. takes the claim over, if it still is of the same call.
//
// A stop between the two leaves the claim as it was, for the next who wants it. A
// writer that begins again does so as another call: it reads the Slot first, and then
// claims anew what it has claimed. So who was between the two by then takes nothing
// over, and who comes later raises a Slot that the writer has not seen.

// naam is a claim: the melding, and the call that claims for it.
type naam struct {
	ID      string `json:"_id"`
	Melding string `json:"melding"`
	Poging  string `json:"poging"`
}

// naamGeduld is how long to wait for the writer of a melding that does not have
// the name that is claimed for it, and eigenGeduld where that is the same melding: its
// writer is gone, or another is busy with the same. Nothing rests on either but who
// is bothered.
const (
	naamGeduld  = 600 * time.Millisecond
	eigenGeduld = 50 * time.Millisecond
)

func kenmerkNaam(kenmerk string) string { return "kenmerk:" + kenmerk }

func klantNaam(client, klantkenmerk string) string {
	return "klantkenmerk:" + strconv.Itoa(len(client)) + ":" + client + klantkenmerk
}

// namen are the names of w, the kenmerk first.
func (w *schrijf) namen() []string {
	all := []string{kenmerkNaam(w.kenmerk)}
	if w.klantkenmerk != "" {
		all = append(all, klantNaam(w.client, w.klantkenmerk))
	}
	return all
}

// bezet is the refusal of a name that a melding has.
type bezet struct{ door *melding }

func (bezet) Error() string { return "name is taken" }

// claim claims the names of w.claims, with those of others in one write when all
// of them are free. What it got of them is w's also when it fails.
func (s *Store) claim(ctx context.Context, w *schrijf) error {
	err := s.claims.keep(ctx, w, &s.busy)
	if !mongo.IsDuplicateKeyError(err) {
		return err
	}
	for _, name := range w.claims {
		if err := s.neem(ctx, w, name); err != nil {
			return err
		}
	}
	return nil
}

// schrijfClaims claims the names of all, and gives the error of each.
func (s *Store) schrijfClaims(ctx context.Context, all []*schrijf) []error {
	var rows []naam
	var of []int
	for i, w := range all {
		for _, name := range w.claims {
			rows, of = append(rows, naam{name, w.id, w.poging}), append(of, i)
		}
	}
	errs := make([]error, len(all))
	_, err := s.c(cNamen).InsertMany(ctx, rows, options.InsertMany().SetOrdered(false))
	perEntry(err, func(i int, err error) { errs[of[i]] = err }, len(rows))
	return errs
}

// neem claims one name, waiting for whom it may be of. It is bezet when a melding
// has it.
func (s *Store) neem(ctx context.Context, w *schrijf, name string) error {
	others, end := context.WithTimeout(ctx, s.naamGeduld)
	defer end()
	own, end := context.WithTimeout(ctx, min(s.naamGeduld, eigenGeduld))
	defer end()
	for pause := 2 * time.Millisecond; ; pause = min(2*pause, 50*time.Millisecond) {
		claimed, done, err := s.claimVrij(ctx, w, name)
		if err != nil || done {
			return err
		}
		if claimed == nil { // it changed meanwhile
			continue
		}
		of, err := s.vind(ctx, claimed.Melding)
		if err != nil {
			return err
		}
		if of != nil && slices.Contains(of.Namen, name) {
			return bezet{of}
		}
		late := others
		if claimed.Melding == w.id {
			late = own
		}
		if late.Err() != nil {
			if done, err := s.neemOver(ctx, w, claimed); err != nil || done {
				return err
			}
		}
		if err := sleep(ctx, pause); err != nil {
			return err
		}
	}
}

// claimVrij claims a name that nobody has, or that w had claimed before it began
// again. Else it gives the claim that is there, nil when it was there for a moment.
func (s *Store) claimVrij(ctx context.Context, w *schrijf, name string) (claimed *naam, done bool, err error) {
	claimed, err = s.vindNaam(ctx, name)
	switch {
	case err != nil:
		return nil, false, err
	case claimed == nil:
		_, err := s.c(cNamen).InsertOne(ctx, naam{name, w.id, w.poging})
		if mongo.IsDuplicateKeyError(err) {
			return nil, false, nil
		}
		return nil, err == nil, err
	case claimed.Melding != w.id:
		return claimed, false, nil
	case claimed.Poging == w.poging:
		return nil, true, nil
	case slices.Contains(w.eerder, claimed.Poging):
		done, err := s.zetClaim(ctx, w, claimed)
		return nil, done, err
	}
	return claimed, false, nil
}

// zetClaim makes a claim that of w; false when it changed meanwhile.
func (s *Store) zetClaim(ctx context.Context, w *schrijf, claimed *naam) (bool, error) {
	done, err := s.c(cNamen).UpdateOne(ctx,
		bson.D{e("_id", claimed.ID), e("melding", claimed.Melding), e("poging", claimed.Poging)},
		bson.D{e("$set", bson.D{e("melding", w.id), e("poging", w.poging)})})
	return err == nil && done.MatchedCount > 0, err
}

// neemOver takes a claim over of which the melding does not have the name; false
// when that changed meanwhile.
func (s *Store) neemOver(ctx context.Context, w *schrijf, claimed *naam) (bool, error) {
	_, err := s.c(cMeldingen).UpdateOne(ctx,
		bson.D{e("_id", claimed.Melding), e("namen", bson.D{e("$ne", claimed.ID)})},
		bson.D{e("$inc", bson.D{e("slot", int64(1))}), e("$setOnInsert", bson.D{e("graf", true)})},
		options.UpdateOne().SetUpsert(true))
	if mongo.IsDuplicateKeyError(err) { // it has the name by now
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return s.zetClaim(ctx, w, claimed)
}

// laat gives the claims of w up that its melding does not have and never will.
func (s *Store) laat(ctx context.Context, w *schrijf) error {
	if len(w.claims) == 0 {
		return nil
	}
	_, err := s.c(cNamen).DeleteMany(ctx,
		bson.D{e("_id", bson.D{e("$in", w.claims)}), e("melding", w.id), e("poging", bson.D{e("$in", w.pogingen())})})
	return err
}

func (s *Store) vindNaam(ctx context.Context, name string) (*naam, error) {
	var n naam
	err := s.c(cNamen).FindOne(ctx, bson.D{e("_id", name)}).Decode(&n)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return nil, nil //nolint:nilnil // no name is no error
	}
	return &n, err
}

// vind gives what stands under an id, a Graf too, without its Doc; nil when there
// is nothing.
func (s *Store) vind(ctx context.Context, id string) (*melding, error) {
	var m melding
	err := s.c(cMeldingen).FindOne(ctx, bson.D{e("_id", id)},
		options.FindOne().SetProjection(bson.D{e("doc", 0)})).Decode(&m)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return nil, nil //nolint:nilnil // as above
	}
	return &m, err
}

// refusal says which of the names of w is taken.
func (w *schrijf) refusal(err error) error {
	var taken bezet
	switch {
	case !errors.As(err, &taken):
		return err
	case taken.door.ID == w.id && w.vervangt:
		return verouderd() // it got the name since it was looked at
	case taken.door.ID == w.id:
		return meldingBestaat()
	case taken.door.Kenmerk == w.kenmerk:
		return kenmerkBezet()
	}
	return &domain.Error{Code: domain.Conflict, Key: "fout.klantkenmerk_bezet", Args: []any{taken.door.Kenmerk}}
}
