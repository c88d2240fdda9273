package mongo

import (
	"context"
	"errors"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
	"zorgmeldingen.nl/lmz-triage/service/term"
)

// errDruk is that others were in the way again and again.
var errDruk = errors.New("others changed the same melding or names all the time")

// mostPogingen is how often a write begins again that another fenced off.
const mostPogingen = 10

// BewaarMelding implements store.Meldingen, in four round trips: the names, the
// advices, the melding with its notes, and the count. The melding is what counts: a
// stop before it leaves claims (see namen.go), and entries in the decision log of
// advices that were given and that nobody was told; a stop after it leaves notes
// that whoever asks for them finds in it (see uitgaand.go).
func (s *Store) BewaarMelding(ctx context.Context, m domain.Melding, bij store.Bij) (domain.SignaalTelling, error) {
	leave, err := s.use(ctx)
	if err != nil {
		return domain.SignaalTelling{}, fail("keep melding", err)
	}
	defer leave()
	w, err := newSchrijf(&m, bij)
	if err != nil {
		return domain.SignaalTelling{}, fail("keep melding", err)
	}
	aanbieder, dag := m.AanbiederID, m.Dag
	var counted domain.SignaalTelling // read here only once the writer is done with it
	err = s.los(ctx, func(ctx context.Context) (err error) {
		counted, err = s.bewaarMelding(ctx, w, aanbieder, dag)
		return err
	})
	if err != nil {
		return domain.SignaalTelling{}, fail("keep melding", err)
	}
	return counted, nil
}

func (s *Store) bewaarMelding(ctx context.Context, w *schrijf, aanbieder string, dag term.Date) (t domain.SignaalTelling, err error) {
	w.claims = w.namen()
	err = s.claim(ctx, w)
	if err == nil {
		err = s.bewaarGegeven(ctx, w)
	}
	if err == nil {
		err = s.zetMelding(ctx, w)
	}
	if err != nil {
		return t, s.ruim(ctx, w, err)
	}
	s.bezorg(ctx, w)
	s.maakBerichten(ctx, w)
	if aanbieder == "" {
		return t, nil
	}
	return s.telSignalen(ctx, aanbieder, dag, "")
}

func (s *Store) bewaarGegeven(ctx context.Context, w *schrijf) error {
	if w.gegeven {
		return nil
	}
	err := s.bewaarAdviezen(ctx, w.given)
	w.gegeven = err == nil
	return err
}

// zetMelding writes a melding that is new, once more each time that others
// took a name away from it.
func (s *Store) zetMelding(ctx context.Context, w *schrijf) error {
	err := s.nieuwe.keep(ctx, w, &s.busy)
	for range mostPogingen {
		if !mongo.IsDuplicateKeyError(err) {
			return err
		}
		there, vindErr := s.vind(ctx, w.id)
		switch {
		case vindErr != nil:
			return vindErr
		case there == nil: // what is there is never taken away
			return err
		case !there.Graf && slices.Contains(w.pogingen(), there.Poging):
			w.poging = there.Poging
			return nil // it was written, and the answer got lost
		case !there.Graf:
			return meldingBestaat()
		}
		w.opnieuw()
		var done bool
		if done, err = s.zetOpGraf(ctx, w, there.Slot); done {
			return nil
		}
	}
	return errDruk
}

// zetOpGraf writes a melding that is new in the place of a Graf, of which the Slot
// was seen before the claims are made anew: who takes one of them away later
// raises it. Then it is a duplicate key, as one that was there before.
func (s *Store) zetOpGraf(ctx context.Context, w *schrijf, slot int64) (bool, error) {
	for _, name := range w.claims {
		if err := s.neem(ctx, w, name); err != nil {
			return false, err
		}
	}
	done, err := s.c(cMeldingen).UpdateOne(ctx, bson.D{e("_id", w.id), e("graf", true), e("slot", slot)},
		bson.D{e("$set", w.nieuw(slot)), e("$unset", bson.D{e("graf", "")})})
	if err != nil || done.MatchedCount > 0 {
		return err == nil, err
	}
	return false, mongo.WriteError{Code: codeDuplicateKey}
}

// schrijfNieuwe writes meldingen that are new and gives the error of each.
func (s *Store) schrijfNieuwe(ctx context.Context, all []*schrijf) []error {
	docs := make([]bson.D, len(all))
	for i, w := range all {
		docs[i] = append(bson.D{e("_id", w.id)}, w.nieuw(0)...)
	}
	errs := make([]error, len(all))
	_, err := s.c(cMeldingen).InsertMany(ctx, docs, options.InsertMany().SetOrdered(false))
	perEntry(err, func(i int, err error) { errs[i] = err }, len(all))
	return errs
}

// nieuw is w as a melding that is new.
func (w *schrijf) nieuw(slot int64) bson.D {
	doc := append(bson.D{
		e("kenmerk", w.kenmerk), e("client", w.client), e("rev", int64(1)), e("hek", int64(0)),
		e("namen", w.claims), e("poging", w.poging), e("slot", slot),
	}, w.velden...)
	doc = append(doc, w.wacht...)
	if len(w.notes) > 0 {
		doc = append(doc, e("uitgaand", w.uitgaand()))
	}
	if len(w.berichten) > 0 {
		doc = append(doc, e("berichten", w.berichten))
	}
	return doc
}

// ruim takes away what was written of w when it is refused for good. Where nobody
// knows whether the melding was written all stays as it is.
func (s *Store) ruim(ctx context.Context, w *schrijf, err error) error {
	refused := w.refusal(err)
	var refusal *domain.Error
	if !errors.As(refused, &refusal) {
		return err
	}
	if !w.vervangt && (refusal.Key == "fout.kenmerk_bezet" || refusal.Key == "fout.klantkenmerk_bezet") {
		there, err := s.vind(ctx, w.id) // an id that is there is what is wrong first
		if err != nil {
			return err
		}
		if there != nil && !there.Graf {
			refused = meldingBestaat()
		}
	}
	if err := errors.Join(s.wegGegeven(ctx, w), s.wegEerste(ctx, w), s.laat(ctx, w)); err != nil {
		return err
	}
	return refused
}

// wegGegeven takes the advices away again that were kept for w.
func (s *Store) wegGegeven(ctx context.Context, w *schrijf) error {
	if !w.gegeven || len(w.given) == 0 {
		return nil
	}
	ids := vorm.Each(w.given, func(g domain.GegevenAdvies) string { return g.ID })
	_, err := s.c(cAdviezen).DeleteMany(ctx, in(ids))
	return err
}
