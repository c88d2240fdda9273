package mongo

// indexSpec declares an index. A field with a minus in front goes down.
type indexSpec struct {
	collection, name string
	keys             []string
	unique, sparse   bool
}

// indexes are all the indexes there are, beside the one on _id that every
// collection has. What is unique over all shards is the _id of a collection.
func indexes() []indexSpec {
	return append(meldingIndexes(), []indexSpec{
		{collection: cAanbiederSleutels, name: "aanbieder", keys: []string{"aanbieder", "_id"}},
		{collection: cAanbieders, name: "naamvorm", keys: []string{"naamvorm", "_id"}},
		{collection: cHertelingen, name: "open", keys: []string{"open", "sinds", "_id"}},
		{collection: cBerichten, name: "gebruiker", keys: []string{"gebruiker", "-op", "-_id"}},
		{collection: cBerichten, name: "ongelezen", keys: []string{"gebruiker", "gelezen", "-op", "-_id"}},
		{collection: cBerichten, name: "stand", keys: []string{"stand", "soort", "event", "volgende", "_id"}},
		{collection: cGebruikers, name: "agenda", keys: []string{"agenda"}},
		{collection: cDiensten, name: "tot", keys: []string{"tot", "van"}},
	}...)
}

// meldingIndexes are those of the meldingen: per order one, and one per order and
// filter, with the day behind it.
func meldingIndexes() []indexSpec {
	all := []indexSpec{
		{collection: cMeldingen, name: "kenmerk", keys: []string{"kenmerk"}},
		{collection: cMeldingen, name: "controle", keys: []string{"controle", "_id"}},
		{collection: cMeldingen, name: "signaal", keys: []string{"signaal", "dag", "ernstig", "_id"}},
		{collection: cMeldingen, name: "aanbieder_id", keys: []string{"aanbieder", "_id", "dag"}},
		{collection: cMeldingen, name: "termijn_open", keys: []string{"termijnen.open", "_id"}},
		{collection: cMeldingen, name: "termijn_soort", keys: []string{"termijnen.soort", "termijnen.open", "_id"}},
		{collection: cMeldingen, name: "termijn_aanbieder", keys: []string{"aanbieder", "termijnen.open", "_id"}},
		{collection: cMeldingen, name: "termijn_behandelaar", keys: []string{"behandelaar", "termijnen.open", "_id"}},
		{collection: cMeldingen, name: "termijn_antwoord", keys: []string{"aanbieder", "termijnen.soort", "termijnen.eind", "_id"}},
		{collection: cMeldingen, name: "herreken", keys: []string{"herreken", "_id"}},
		{collection: cMeldingen, name: "uitgaand", keys: []string{"uitgaand.poging"}, sparse: true},
		{collection: cMeldingen, name: "berichten", keys: []string{"berichten._id"}, sparse: true},
		{collection: cMeldingen, name: "herinnering", keys: []string{"herinnering"}, sparse: true},
		{collection: cMeldingen, name: "alarm_volgende", keys: []string{"alarmVolgende"}, sparse: true},
		{collection: cMeldingen, name: "alarm_sinds", keys: []string{"alarmen.sinds"}, sparse: true},
	}
	for _, filter := range append([]string{""}, gelijken()...) {
		for name, keys := range map[string][]string{
			"urgentie": {"urgentie", "dag"}, "ontvangst": {"-dag", "-ontvangenOp", "-_id"}, "wijziging": {"gewijzigdOp", "_id", "dag"},
		} {
			if filter != "" {
				name, keys = filter+"_"+name, append([]string{filter}, keys...)
			}
			all = append(all, indexSpec{collection: cMeldingen, name: name, keys: keys})
		}
	}
	return all
}
