package mongo

import (
	"slices"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// Indexes are the keys of the declared indexes, by collection.
func Indexes() map[string][][]string {
	all := map[string][][]string{}
	for _, i := range indexes() {
		all[i.collection] = append(all[i.collection], i.keys)
	}
	return all
}

// Definitions are the declared indexes by collection and name.
func Definitions() map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, i := range indexes() {
		if all[i.collection] == nil {
			all[i.collection] = map[string]string{}
		}
		all[i.collection][i.name] = i.definition()
	}
	return all
}

// Definition writes an index of the server.
func Definition(index bson.Raw) (name, text string, err error) { return definition(index) }

// Readable tells whether an address can be read.
func Readable(address string) error {
	_, _, err := lees(address)
	return err
}

// DatabaseIn is the database that an address names.
func DatabaseIn(address string) string {
	_, at, err := lees(address)
	if err != nil {
		panic(err)
	}
	return at.database
}

// SetGeduld sets how long a call waits for one that is undecided.
func (s *Store) SetGeduld(d time.Duration) { s.geduld = d }

// SetNaamGeduld sets how long to wait for the writer of a name that is claimed.
func (s *Store) SetNaamGeduld(d time.Duration) { s.naamGeduld = d }

// Gelezen is what the store reads of the document of a melding, by its names there.
type Gelezen struct {
	ID        string   `json:"_id"`
	Rev       int64    `json:"rev"`
	Kenmerk   string   `json:"kenmerk"`
	Client    string   `json:"client"`
	Doc       string   `json:"doc"`
	Kalender  int      `json:"kalender"`
	Namen     []string `json:"namen"`
	Poging    string   `json:"poging"`
	Slot      int64    `json:"slot"`
	Hek       int64    `json:"hek"`
	Graf      bool     `json:"graf"`
	Eerste    string   `json:"eerste"`
	EersteOud bool     `json:"eersteOud"`
}

// Lees reads the document of a melding as the store does. It may be called in any way
// in which the driver calls it: text is another's afterwards.
func Lees(text []byte) (Gelezen, error) {
	var r melding
	lent := slices.Clone(text)
	err := r.UnmarshalBSON(lent)
	clear(lent)
	return Gelezen{
		r.ID, r.Rev, r.Kenmerk, r.Client, string(r.Doc), r.Kalender, r.Namen, r.Poging, r.Slot, r.Hek, r.Graf, r.Eerste, r.EersteOud,
	}, err
}
