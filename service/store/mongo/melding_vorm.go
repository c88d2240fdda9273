package mongo

import (
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"go.mongodb.org/mongo-driver/v2/bson"

	"zorgmeldingen.nl/lmz-triage/service/domain"
	"zorgmeldingen.nl/lmz-triage/service/store"
	"zorgmeldingen.nl/lmz-triage/service/store/vorm"
)

// melding is a document of cMeldingen as it is read (see melding_bson.go). Beside
// what is here it has the fields to find by (see velden), which nothing reads. A document
// with Graf is no melding: it keeps the id from a writer that was too slow (see namen.go).
type melding struct {
	ID      string
	Rev     int64
	Kenmerk string
	Client  string
	Doc     []byte

	// Kalender is that of Doc, or a later one under which nothing of it became another.
	Kalender int

	Namen     []string // those it has, of cNamen
	Poging    string   // the call that made it
	Slot      int64    // goes up when somebody takes a name away from it
	Hek       int64    // the highest Leiding.Nr that wrote it
	Graf      bool
	Eerste    string // the name of what it was at first, empty for its id (see eerste.go)
	EersteOud bool   // others may have to be taken away
}

// mostBytes is how large a melding may be: a server takes documents of 16 MiB, and
// the notes stand in it too.
const mostBytes = 15 << 20

func (r *melding) domain() (domain.Melding, error) {
	m := domain.Melding{ID: r.ID, Rev: r.Rev, Kenmerk: r.Kenmerk, Client: r.Client}
	if err := vorm.DecodeMelding(r.Doc, &m); err != nil {
		return domain.Melding{}, err
	}
	m.Kalender = max(m.Kalender, r.Kalender)
	return m, nil
}

// schrijf is a melding on its way to the store. It shares no memory with what the
// caller gave.
type schrijf struct {
	id, kenmerk, client, klantkenmerk string
	rev                               int64
	kalender                          int
	velden                            bson.D // what is computed of doc, and doc
	wacht                             bson.D // what it waits for, see wachtVelden
	berichten                         []vorm.Bericht
	given                             []domain.GegevenAdvies
	notes                             []store.Hertel
	leiding                           *store.Leiding
	eerste                            string   // the document in the place of the first, empty to leave it
	poging                            string   // the name of this call, another each time that it begins again
	eerder                            []string // those it had before

	vervangt bool     // it is a replacement
	claims   []string // the names that it claims
	gegeven  bool     // given is kept
	eersten  []string // the names under which it wrote eerste, the one that is to count last
}

func newSchrijf(m *domain.Melding, bij store.Bij) (*schrijf, error) {
	doc, err := vorm.EncodeMelding(m)
	if err != nil {
		return nil, fmt.Errorf("encode melding: %w", err)
	}
	w := &schrijf{
		id: m.ID, kenmerk: m.Kenmerk, client: m.Client, klantkenmerk: m.Opgave.Klantkenmerk, rev: m.Rev, kalender: m.Kalender, velden: velden(m, doc),
		wacht: wachtVelden(m), berichten: vorm.Each(bij.Berichten, vorm.NewBericht),
		given: eigen(bij.Gegeven), notes: slices.Clone(bij.Hertel), poging: uuid.NewString(),
	}
	if bij.Eerste != nil {
		if w.eerste, err = vorm.EncodeMelding(bij.Eerste); err != nil {
			return nil, fmt.Errorf("encode melding: %w", err)
		}
	}
	if bij.Leiding != nil {
		lead := *bij.Leiding
		w.leiding = &lead
	}
	return w, w.past()
}

// opnieuw begins w again, under another name: a claim under the one before may be about
// to be taken over by who saw it, and it must not be written upon any more.
func (w *schrijf) opnieuw() {
	w.eerder = append(w.eerder, w.poging)
	w.poging = uuid.NewString()
}

// pogingen are all names that w had.
func (w *schrijf) pogingen() []string { return append(slices.Clone(w.eerder), w.poging) }

// velden are the fields of m that change with it: to find by, to count by, and
// the document itself. Dates are yyyymmdd, moments milliseconds; what there is not
// is empty or 0.
func velden(m *domain.Melding, doc string) bson.D {
	signaal := ""
	if m.Telt() {
		signaal = m.AanbiederID
	}
	ernstig := int64(0)
	if m.Advies.Ernstig {
		ernstig = 1
	}
	return bson.D{
		e("klantkenmerk", m.Opgave.Klantkenmerk),
		e("status", m.Status),
		e("advies", m.Advies.Advies),
		e("aanbieder", m.AanbiederID),
		e("sector", m.Sector),
		e("behandelaar", m.Behandelaar),
		e("termijnen", termijnVelden(m)),
		e("termijn", m.TermijnStatus()),
		e("alarmen", alarmVelden(m)),
		e("dag", vorm.DateNumber(m.Dag)),
		e("ontvangenOp", m.OntvangenOp.UnixMilli()),
		e("gewijzigdOp", m.GewijzigdOp.UnixMilli()),
		e("urgentie", m.Urgentie()),
		e("controle", vorm.DateNumber(m.Controle())),
		e("signaal", signaal), // the provider, of a melding that counts
		e("ernstig", ernstig),
		e("kalender", int64(m.Kalender)),
		e("herreken", herreken(m)),
		e("doc", doc),
	}
}

// wachtVelden are the fields of m that it has only as long as it waits for what they
// are about, so that an index holds no other.
func wachtVelden(m *domain.Melding) bson.D {
	list := bson.D{}
	if d := m.Herinnering(); !d.IsZero() {
		list = append(list, e("herinnering", vorm.DateNumber(d)))
	}
	if at := m.AlarmVolgende(); !at.IsZero() {
		list = append(list, e("alarmVolgende", at.UnixMilli()))
	}
	return list
}

// wachtNamen are the names of all such fields.
func wachtNamen() []string { return []string{"herinnering", "alarmVolgende"} }

// past refuses a melding of which the server would not take the document, before
// anything is written.
func (w *schrijf) past() error {
	text, err := bson.Marshal(append(slices.Clone(w.velden), e("berichten", w.berichten)))
	if err != nil {
		return fmt.Errorf("measure melding: %w", err)
	}
	if len(text) > mostBytes {
		return &domain.Error{
			Code: domain.Invalid, Key: "fout.te_groot", Args: []any{mostBytes >> 20},
			Cause: errors.New("melding larger than a document may be"),
		}
	}
	return nil
}

// eigen are entries that share no bytes with what the caller gave.
func eigen(given []domain.GegevenAdvies) []domain.GegevenAdvies {
	own := slices.Clone(given)
	for i := range own {
		own[i].Invoer = slices.Clone(own[i].Invoer)
		own[i].Besluit.Criteria = slices.Clone(own[i].Besluit.Criteria)
		own[i].Besluit.Stappen = slices.Clone(own[i].Besluit.Stappen)
	}
	return own
}

func unknownMelding() error { return notFound("fout.melding_onbekend") }
func meldingBestaat() error { return &domain.Error{Code: domain.Conflict, Key: "fout.melding_bestaat"} }

func kenmerkBezet() error { return &domain.Error{Code: domain.Conflict, Key: "fout.kenmerk_bezet"} }
func verouderd() error    { return &domain.Error{Code: domain.Stale, Key: "fout.verouderd"} }

func kalenderVerouderd() error {
	return &domain.Error{Code: domain.Stale, Key: "fout.kalender_verouderd"}
}

func leidingVoorbij() error { return &domain.Error{Code: domain.Stale, Key: "fout.leiding_voorbij"} }
