package mongo

import "go.mongodb.org/mongo-driver/v2/bson"

// The collections.
const (
	cVorm              = "vorm"               // {_id: "vorm", product, versie}
	cAdviezen          = "adviezen"           // {_id: id, ...}: the decision log
	cAdviesgroepen     = "adviesgroepen"      // {_id: groep, geldt}: whether entries kept in one call count
	cVestiging         = "vestiging"          // {_id: "laatste", nr, ...}: the last change of the providers
	cPakketten         = "pakketten"          // {_id: digest, ...}
	cActiveringen      = "activeringen"       // {_id: versie, ...}
	cSleutels          = "sleutels"           // {_id: naam, ...}
	cMeldingen         = "meldingen"          // {_id: id, rev, fields to find by, doc}
	cEerste            = "eerste_meldingen"   // {_id: id or name, doc}: as first kept, of those that were replaced
	cNamen             = "namen"              // {_id: "kenmerk:..." or "klantkenmerk:...", melding}
	cAanbieders        = "aanbieders"         // {_id: id, ..., naamvorm, zoekvorm}
	cAanbiederSleutels = "aanbieder_sleutels" // {_id: sleutel, aanbieder}
	cHertelingen       = "hertelingen"        // {_id: aanbieder, vanaf, nr, open, sinds}
	cLeidingen         = "leidingen"          // {_id: naam, houder, nr, tot}
	cBerichten         = "berichten"          // {_id: id, ...}: what users and other systems are told
	cGebruikers        = "gebruikers"         // {_id: id, versie, agenda, doc}
	cDiensten          = "diensten"           // {_id: id, ...}
	cKalenders         = "kalenders"          // {_id: versie, doc}
)

// e is a field of a document that is sent.
func e(field string, value any) bson.E { return bson.E{Key: field, Value: value} }
