package mongo

import (
	"context"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// pakket is a domain.Beleidspakket as it is kept. Its catalogue is JSON: keys in
// it have dots.
type pakket struct {
	Digest       string `json:"_id"`
	Bron         []byte `json:"bron"`
	Catalogus    string `json:"catalogus"`
	Wasm         []byte `json:"wasm"`
	Motor        string `json:"motor"`
	VastgelegdOp int64  `json:"vastgelegdOp"`
}

type activering struct {
	Versie      int    `json:"_id"`
	Digest      string `json:"digest"`
	GeldigVanaf int64  `json:"geldigVanaf"`
	Door        string `json:"door"`
	Reden       string `json:"reden"`
}

func (a activering) domain() domain.Activering {
	return domain.Activering{Versie: a.Versie, Digest: a.Digest, GeldigVanaf: vorm.Moment(a.GeldigVanaf), Door: a.Door, Reden: a.Reden}
}

// BewaarPakket implements store.Beleid.
func (s *Store) BewaarPakket(ctx context.Context, p domain.Beleidspakket) error {
	leave, err := s.use(ctx)
	if err != nil {
		return fail("keep policy", err)
	}
	defer leave()
	catalogue, err := vorm.EncodeCatalogus(p.Catalogus)
	if err != nil {
		return fmt.Errorf("keep policy: %w", err)
	}
	_, err = s.c(cPakketten).InsertOne(ctx, pakket{p.Digest, p.Bron, catalogue, p.Wasm, p.Motor, p.VastgelegdOp.UnixMilli()})
	if mongo.IsDuplicateKeyError(err) {
		return nil
	}
	return fail("keep policy", err)
}

// Pakket implements store.Beleid.
func (s *Store) Pakket(ctx context.Context, digest string) (domain.Beleidspakket, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return domain.Beleidspakket{}, fail("read policy", err)
	}
	defer leave()
	var p pakket
	err = s.c(cPakketten).FindOne(ctx, bson.D{e("_id", digest)}).Decode(&p)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return domain.Beleidspakket{}, onbekendPakket(digest)
	}
	if err != nil {
		return domain.Beleidspakket{}, fail("read policy", err)
	}
	catalogue, err := vorm.DecodeCatalogus([]byte(p.Catalogus))
	return domain.Beleidspakket{
		Digest: p.Digest, Bron: p.Bron, Catalogus: catalogue, Wasm: p.Wasm, Motor: p.Motor, VastgelegdOp: vorm.Moment(p.VastgelegdOp),
	}, fail("read policy", err)
}

// Activeer implements store.Beleid. Of calls that see the same highest version one
// gets the next; the others look again.
func (s *Store) Activeer(ctx context.Context, a domain.Activering) (domain.Activering, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return domain.Activering{}, fail("activate policy", err)
	}
	defer leave()
	err = s.c(cPakketten).FindOne(ctx, bson.D{e("_id", a.Digest)},
		options.FindOne().SetProjection(bson.D{e("_id", 1)})).Err()
	if errors.Is(err, mongo.ErrNoDocuments) {
		return domain.Activering{}, onbekendPakket(a.Digest)
	}
	for err == nil {
		var last activering
		last, err = s.laatste(ctx)
		if err != nil && !errors.Is(err, mongo.ErrNoDocuments) {
			break
		}
		if a.Versie != 0 && a.Versie != last.Versie+1 {
			return domain.Activering{}, &domain.Error{Code: domain.Conflict, Key: "fout.beleid_al_actief", Args: []any{a.Versie}}
		}
		mine := activering{last.Versie + 1, a.Digest, a.GeldigVanaf.UnixMilli(), a.Door, a.Reden}
		if _, err = s.c(cActiveringen).InsertOne(ctx, mine); err == nil {
			return mine.domain(), nil
		}
		if mongo.IsDuplicateKeyError(err) {
			err = nil
		}
	}
	return domain.Activering{}, fail("activate policy", err)
}

// laatste gives the newest activation.
func (s *Store) laatste(ctx context.Context) (a activering, err error) {
	err = s.c(cActiveringen).FindOne(ctx, bson.D{}, options.FindOne().SetSort(bson.D{e("_id", -1)})).Decode(&a)
	return a, err
}

// ActieveActivering implements store.Beleid.
func (s *Store) ActieveActivering(ctx context.Context) (domain.Activering, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return domain.Activering{}, fail("read active policy", err)
	}
	defer leave()
	a, err := s.laatste(ctx)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return domain.Activering{}, notFound("fout.opslag_geen_beleid")
	}
	if err != nil {
		return domain.Activering{}, fail("read active policy", err)
	}
	return a.domain(), nil
}

// Activeringen implements store.Beleid.
func (s *Store) Activeringen(ctx context.Context) ([]domain.Activering, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return nil, fail("list policies", err)
	}
	defer leave()
	rows := []activering{}
	found, err := s.c(cActiveringen).Find(ctx, bson.D{}, options.Find().SetSort(bson.D{e("_id", 1)}))
	if err == nil {
		err = found.All(ctx, &rows)
	}
	if err != nil {
		return nil, fail("list policies", err)
	}
	return vorm.Each(rows, activering.domain), nil
}

func onbekendPakket(digest string) error { return notFound("fout.opslag_pakket_onbekend", digest) }
